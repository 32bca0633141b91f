import type { Address } from 'viem'

import { AitokenError } from '../errors/AitokenError.js'

/** Thrown when a bridge asks for more than it may move now. */
export class BridgeLimitExceededError extends AitokenError {
  override readonly name = 'BridgeLimitExceededError'

  /** What it asked for, in base units. */
  readonly amount: bigint

  /** What it may move now, in base units. */
  readonly available: bigint

  /** The bridge. */
  readonly bridge: Address

  constructor({ amount, available, bridge, cause }: BridgeLimitExceededError.Options) {
    super(`Bridge ${bridge} may move ${available} base units now, not ${amount}.`, {
      cause,
      hints: ['Move less, or wait: the limit refills with time.'],
    })
    this.amount = amount
    this.available = available
    this.bridge = bridge
  }
}

export declare namespace BridgeLimitExceededError {
  type Options = { amount: bigint; available: bigint; bridge: Address; cause?: unknown }
}

/** Thrown when limits are set for an address that cannot be a bridge. */
export class InvalidBridgeError extends AitokenError {
  override readonly name = 'InvalidBridgeError'

  /** The address given. */
  readonly bridge: Address

  constructor({ bridge, cause }: InvalidBridgeError.Options) {
    super(`${bridge} cannot be a bridge.`, {
      cause,
      hints: ['Name the contract that will mint and burn.'],
    })
    this.bridge = bridge
  }
}

export declare namespace InvalidBridgeError {
  type Options = { bridge: Address; cause?: unknown }
}

/** Thrown when a bridge limit has a capacity without a window, or a window without a capacity. */
export class InvalidBridgeLimitError extends AitokenError {
  override readonly name = 'InvalidBridgeLimitError'

  /** The capacity given, in base units. */
  readonly capacity: bigint

  /** The window given, in seconds. */
  readonly window: number

  constructor({ capacity, cause, window }: InvalidBridgeLimitError.Options) {
    super(`A capacity of ${capacity} with a window of ${window} s limits nothing.`, {
      cause,
      hints: ['Give both, or neither to close the direction.'],
    })
    this.capacity = capacity
    this.window = window
  }
}

export declare namespace InvalidBridgeLimitError {
  type Options = { capacity: bigint; cause?: unknown; window: number }
}

/** Thrown when an account that is no bridge mints or burns across chains. */
export class UnauthorizedBridgeError extends AitokenError {
  override readonly name = 'UnauthorizedBridgeError'

  /** Who called. */
  readonly account: Address

  constructor({ account, cause }: UnauthorizedBridgeError.Options) {
    super(`${account} is no bridge of this token.`, {
      cause,
      hints: ['Its administrators add one with `setBridgeLimits`.'],
    })
    this.account = account
  }
}

export declare namespace UnauthorizedBridgeError {
  type Options = { account: Address; cause?: unknown }
}
