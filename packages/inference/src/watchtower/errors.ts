import { AitokenError } from '@aitoken/core/errors'
import type { Hex } from 'viem'

/** Thrown when a node does not answer a watchtower in time. */
export class NodeTimeoutError extends AitokenError {
  override readonly name = 'NodeTimeoutError'

  /** How long was waited, in milliseconds. */
  readonly timeout: number

  constructor({ timeout }: { timeout: number }) {
    super(`The node did not answer within ${timeout} ms.`, {
      hints: ['Give the watchtower a second node with `clients`, or more time with `readTimeout`.'],
    })
    this.timeout = timeout
  }
}

/** Thrown when the contract left channels out of a settlement. */
export class SettlementSkippedError extends AitokenError {
  override readonly name = 'SettlementSkippedError'

  /** The channels. */
  readonly channelIds: readonly Hex[]

  constructor({ channelIds }: { channelIds: readonly Hex[] }) {
    super(`The contract paid nothing on ${channelIds.join(', ')}.`, {
      hints: [
        '`readSettlements` of the transaction tells why; a channel that was just settled elsewhere owes nothing.',
      ],
    })
    this.channelIds = channelIds
  }
}

/** Thrown when something is to be signed for a provider that took more on chain than its bills account for. */
export class CaptureExceedsBillsError extends AitokenError {
  override readonly name = 'CaptureExceedsBillsError'

  /** The most that its bills can account for, in base units. */
  readonly billed: bigint

  /** The channel. */
  readonly channelId: Hex

  /** What it took, in base units. */
  readonly settled: bigint

  constructor({ billed, channelId, settled }: CaptureExceedsBillsError.Options) {
    const excess = settled - billed
    super(`The provider took ${settled} base units of channel ${channelId}, ${excess} more than it billed.`, {
      hints: ['Keep the receipts: they prove what it billed. What is left comes back after the exit.'],
    })
    this.billed = billed
    this.channelId = channelId
    this.settled = settled
  }
}

export declare namespace CaptureExceedsBillsError {
  type Options = {
    /** The most that its bills can account for, in base units. */
    billed: bigint
    /** The channel. */
    channelId: Hex
    /** What it took, in base units. */
    settled: bigint
  }
}
