import type { Address, Hex } from 'viem'

import { AitokenError } from '../errors/AitokenError.js'

/** Thrown when an authorization is submitted before it is valid, or after (ERC-3009). */
export class AuthorizationTimeError extends AitokenError {
  override readonly name = 'AuthorizationTimeError'

  /** It is valid after this time, in seconds since 1970. */
  readonly validAfter: bigint

  /** It is valid before this time, in seconds since 1970. */
  readonly validBefore: bigint

  constructor({ cause, validAfter, validBefore }: AuthorizationTimeError.Options) {
    super(`The authorization is valid only after ${validAfter} and before ${validBefore}.`, {
      cause,
      hints: ['Wait until it is valid, or have the holder sign another.'],
    })
    this.validAfter = validAfter
    this.validBefore = validBefore
  }
}

export declare namespace AuthorizationTimeError {
  type Options = { cause?: unknown; validAfter: bigint; validBefore: bigint }
}

/** Thrown when an authorization was used or cancelled before (ERC-3009). */
export class AuthorizationUsedError extends AitokenError {
  override readonly name = 'AuthorizationUsedError'

  /** Who signed it. */
  readonly authorizer: Address

  /** Its nonce. */
  readonly nonce: Hex

  constructor({ authorizer, cause, nonce }: AuthorizationUsedError.Options) {
    super(`Authorization ${nonce} of ${authorizer} was used or cancelled.`, {
      cause,
      hints: ['Check whether the payment arrived before you ask for another authorization.'],
    })
    this.authorizer = authorizer
    this.nonce = nonce
  }
}

export declare namespace AuthorizationUsedError {
  type Options = { authorizer: Address; cause?: unknown; nonce: Hex }
}
