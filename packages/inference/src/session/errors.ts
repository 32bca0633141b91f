import { AitokenError } from '@aitoken/core/errors'
import type { Address } from 'viem'

/** Thrown when an owner gave a key no session. */
export class SessionUnknownError extends AitokenError {
  override readonly name = 'SessionUnknownError'

  /** Whose vault. */
  readonly owner: Address

  /** The key. */
  readonly key: Address

  /** The token. */
  readonly token: Address

  constructor({ cause, key, owner, token }: SessionUnknownError.Options) {
    super(`${owner} gave ${key} no session for ${token}.`, {
      cause,
      hints: ['Let the owner call `setSession` first.'],
    })
    this.owner = owner
    this.key = key
    this.token = token
  }
}

export declare namespace SessionUnknownError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** Whose vault. */
    owner: Address
    /** The key. */
    key: Address
    /** The token. */
    token: Address
  }
}

/** Thrown when a session is over, or a new one would already be over. */
export class SessionExpiredError extends AitokenError {
  override readonly name = 'SessionExpiredError'

  /** Unix time from which the key is refused, in seconds. */
  readonly expiry: bigint

  constructor({ cause, expiry }: SessionExpiredError.Options) {
    super(`The session is over since ${expiry}.`, {
      cause,
      hints: ['Let the owner call `setSession` with a later expiry.'],
    })
    this.expiry = expiry
  }
}

export declare namespace SessionExpiredError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** Unix time from which the key is refused, in seconds. */
    expiry: bigint
  }
}

/** Thrown when a session key asks for more than is left of its budget. */
export class SessionCapError extends AitokenError {
  override readonly name = 'SessionCapError'

  /** What was asked for, in base units. */
  readonly needed: bigint

  /** What is left, in base units. */
  readonly remaining: bigint

  constructor({ cause, needed, remaining }: SessionCapError.Options) {
    super(`The session key asked for ${needed} base units; ${remaining} are left of its budget.`, {
      cause,
      hints: ['Ask for less, or let the owner raise the cap with `setSession`.'],
    })
    this.needed = needed
    this.remaining = remaining
  }
}

export declare namespace SessionCapError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** What was asked for, in base units. */
    needed: bigint
    /** What is left, in base units. */
    remaining: bigint
  }
}

/** Thrown when a session key may not pay a payee, or its proof is wrong. */
export class SessionPayeeError extends AitokenError {
  override readonly name = 'SessionPayeeError'

  /** The payee. */
  readonly payee: Address

  constructor({ cause, payee }: SessionPayeeError.Options) {
    super(`The session key may not pay ${payee}.`, {
      cause,
      hints: ['Pass the Merkle proof for one of the allowed payees.'],
    })
    this.payee = payee
  }
}

export declare namespace SessionPayeeError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** The payee. */
    payee: Address
  }
}
