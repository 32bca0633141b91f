import type { Address } from 'viem'

import { AitokenError } from '../errors/AitokenError.js'

/** Thrown when an account tries to move or burn more tokens than it holds. */
export class InsufficientBalanceError extends AitokenError {
  override readonly name = 'InsufficientBalanceError'

  /** Whose balance is too small. */
  readonly account: Address

  /** What it holds, in base units. */
  readonly balance: bigint

  /** What the call needs, in base units. */
  readonly needed: bigint

  constructor({ account, balance, cause, needed }: InsufficientBalanceError.Options) {
    super(`${account} holds ${balance} base units of the token but needs ${needed}.`, {
      cause,
      hints: ['Lower `amount`, or fund the account first.'],
    })
    this.account = account
    this.balance = balance
    this.needed = needed
  }
}

export declare namespace InsufficientBalanceError {
  type Options = { account: Address; balance: bigint; cause?: unknown; needed: bigint }
}

/** Thrown when a spender tries to move more tokens than the holder allowed it. */
export class InsufficientAllowanceError extends AitokenError {
  override readonly name = 'InsufficientAllowanceError'

  /** What it may spend, in base units. */
  readonly allowance: bigint

  /** What the call needs, in base units. */
  readonly needed: bigint

  /** Who tried to spend. */
  readonly spender: Address

  constructor({ allowance, cause, needed, spender }: InsufficientAllowanceError.Options) {
    super(`${spender} may spend ${allowance} base units of the token but needs ${needed}.`, {
      cause,
      hints: ['Let the holder `approve`, or `signPermit` for, at least the amount needed.'],
    })
    this.allowance = allowance
    this.needed = needed
    this.spender = spender
  }
}

export declare namespace InsufficientAllowanceError {
  type Options = { allowance: bigint; cause?: unknown; needed: bigint; spender: Address }
}

/** Thrown when tokens cannot go where they were sent: to the zero address, or an authorization to another payee. */
export class InvalidReceiverError extends AitokenError {
  override readonly name = 'InvalidReceiverError'

  /** Where they cannot go. */
  readonly receiver: Address

  constructor({ cause, receiver }: InvalidReceiverError.Options) {
    super(`${receiver} cannot receive these tokens.`, {
      cause,
      hints: [
        'Send to another address; `burn` destroys tokens.',
        'A payee submits `receiveWithAuthorization` itself.',
      ],
    })
    this.receiver = receiver
  }
}

export declare namespace InvalidReceiverError {
  type Options = { cause?: unknown; receiver: Address }
}

/** Thrown when an allowance is given to the zero address. */
export class InvalidSpenderError extends AitokenError {
  override readonly name = 'InvalidSpenderError'

  /** Who cannot spend. */
  readonly spender: Address

  constructor({ cause, spender }: InvalidSpenderError.Options) {
    super(`${spender} cannot be given an allowance.`, {
      cause,
      hints: ['Name the account or contract that is to spend.'],
    })
    this.spender = spender
  }
}

export declare namespace InvalidSpenderError {
  type Options = { cause?: unknown; spender: Address }
}

/** Thrown when a contract does not accept a transfer or approval that calls it (ERC-1363). */
export class CallbackRefusedError extends AitokenError {
  override readonly name = 'CallbackRefusedError'

  /** The contract, or an account without code. */
  readonly account: Address

  constructor({ account, cause }: CallbackRefusedError.Options) {
    super(`${account} did not accept the tokens or the approval.`, {
      cause,
      hints: ['Use `transfer` or `approve` if it implements no ERC-1363 callback.'],
    })
    this.account = account
  }
}

export declare namespace CallbackRefusedError {
  type Options = { account: Address; cause?: unknown }
}

/** Thrown when minting would raise the supply above the cap. */
export class CapExceededError extends AitokenError {
  override readonly name = 'CapExceededError'

  /** Most tokens that may exist, in base units. */
  readonly cap: bigint

  /** What the supply would be, in base units. */
  readonly supply: bigint

  constructor({ cap, cause, supply }: CapExceededError.Options) {
    super(`The supply would be ${supply} base units, above the cap of ${cap}.`, {
      cause,
      hints: ['Mint at most the cap less the total supply.'],
    })
    this.cap = cap
    this.supply = supply
  }
}

export declare namespace CapExceededError {
  type Options = { cap: bigint; cause?: unknown; supply: bigint }
}

/** Thrown when a token is created with a cap of zero, or above what votes can count. */
export class InvalidCapError extends AitokenError {
  override readonly name = 'InvalidCapError'

  /** The cap given, in base units. */
  readonly cap: bigint

  constructor({ cap, cause }: InvalidCapError.Options) {
    super(`The cap must be from 1 to 2^208 - 1 base units, not ${cap}.`, {
      cause,
      hints: ['A cap of 10n ** 27n is a billion tokens of 18 decimals.'],
    })
    this.cap = cap
  }
}

export declare namespace InvalidCapError {
  type Options = { cap: bigint; cause?: unknown }
}

/** Thrown when a token is created with a name or symbol that is empty or longer than 31 bytes. */
export class InvalidTokenNameError extends AitokenError {
  override readonly name = 'InvalidTokenNameError'

  /** Which of the two. */
  readonly field: 'name' | 'symbol'

  /** The text given. */
  readonly value: string

  constructor({ cause, field, value }: InvalidTokenNameError.Options) {
    super(`The ${field} must be 1 to 31 bytes of UTF-8, not ${JSON.stringify(value)}.`, {
      cause,
      hints: ['Shorten it: the name is also part of every signature, as the EIP-712 domain.'],
    })
    this.field = field
    this.value = value
  }
}

export declare namespace InvalidTokenNameError {
  type Options = { cause?: unknown; field: 'name' | 'symbol'; value: string }
}
