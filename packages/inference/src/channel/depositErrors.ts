import { AitokenError } from '@aitoken/core/errors'
import type { Address } from 'viem'

/** Thrown when an address cannot play its role: it is zero, or the channels contract itself. */
export class AddressRoleError extends AitokenError {
  override readonly name = 'AddressRoleError'

  /** The address. */
  readonly account: Address

  constructor({ account, cause }: AddressRoleError.Options) {
    super(`${account} cannot be payer, payee, token, signer or recipient here.`, {
      cause,
      hints: ['Pass an address other than zero and other than the channels contract.'],
    })
    this.account = account
  }
}

export declare namespace AddressRoleError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** The address. */
    account: Address
  }
}

/** Thrown when an amount is zero. */
export class AmountZeroError extends AitokenError {
  override readonly name = 'AmountZeroError'

  constructor({ cause }: AmountZeroError.Options) {
    super('The amount is zero.', { cause, hints: ['Pass at least one base unit.'] })
  }
}

export declare namespace AmountZeroError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
  }
}

/** Thrown when an amount, or the deposit that it leads to, does not fit into 96 bits. */
export class AmountTooLargeError extends AitokenError {
  override readonly name = 'AmountTooLargeError'

  /** The amount, in base units. */
  readonly amount: bigint

  constructor({ amount, cause }: AmountTooLargeError.Options) {
    super(`${amount} base units do not fit into 96 bits.`, {
      cause,
      hints: ['Use less than 2^96 base units: 79 billion tokens of 18 decimals.'],
    })
    this.amount = amount
  }
}

export declare namespace AmountTooLargeError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** The amount, in base units. */
    amount: bigint
  }
}

/** Thrown when there is no ERC-20 token at an address. */
export class TokenMissingError extends AitokenError {
  override readonly name = 'TokenMissingError'

  /** The address. */
  readonly token: Address

  constructor({ cause, token }: TokenMissingError.Options) {
    super(`There is no token at ${token}.`, { cause, hints: ['Check the address and the chain.'] })
    this.token = token
  }
}

export declare namespace TokenMissingError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** The address. */
    token: Address
  }
}

/** Thrown when a token call returned failure. */
export class TokenRefusedError extends AitokenError {
  override readonly name = 'TokenRefusedError'

  /** The token. */
  readonly token: Address

  constructor({ cause, token }: TokenRefusedError.Options) {
    super(`The token ${token} refused the transfer.`, {
      cause,
      hints: ['Check balance, allowance and whether the token blocks one of the accounts.'],
    })
    this.token = token
  }
}

export declare namespace TokenRefusedError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** The token. */
    token: Address
  }
}

/** Thrown when a token moved another amount than it was asked for. */
export class DepositMismatchError extends AitokenError {
  override readonly name = 'DepositMismatchError'

  /** The token. */
  readonly token: Address

  /** Balance that the contract should have, in base units. */
  readonly expected: bigint

  /** Balance that it has, in base units. */
  readonly actual: bigint

  constructor({ actual, cause, expected, token }: DepositMismatchError.Options) {
    super(`The token ${token} left a balance of ${actual} base units instead of ${expected}.`, {
      cause,
      hints: ['Tokens that take a fee on transfer cannot be used in channels.'],
    })
    this.token = token
    this.expected = expected
    this.actual = actual
  }
}

export declare namespace DepositMismatchError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** The token. */
    token: Address
    /** Balance that the contract should have, in base units. */
    expected: bigint
    /** Balance that it has, in base units. */
    actual: bigint
  }
}
