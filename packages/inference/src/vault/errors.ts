import { AitokenError } from '@aitoken/core/errors'
import type { Address } from 'viem'

/** Thrown when a vault does not hold enough. */
export class VaultInsufficientError extends AitokenError {
  override readonly name = 'VaultInsufficientError'

  /** Whose vault. */
  readonly owner: Address

  /** The token. */
  readonly token: Address

  /** What it holds, in base units. */
  readonly balance: bigint

  /** What was asked for, in base units. */
  readonly needed: bigint

  constructor({ balance, cause, needed, owner, token }: VaultInsufficientError.Options) {
    super(`The vault of ${owner} holds ${balance} base units of ${token} but ${needed} are needed.`, {
      cause,
      hints: ['Deposit with `depositToVault` first, or lower the amount.'],
    })
    this.owner = owner
    this.token = token
    this.balance = balance
    this.needed = needed
  }
}

export declare namespace VaultInsufficientError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** Whose vault. */
    owner: Address
    /** The token. */
    token: Address
    /** What it holds, in base units. */
    balance: bigint
    /** What was asked for, in base units. */
    needed: bigint
  }
}
