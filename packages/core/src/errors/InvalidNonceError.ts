import type { Address } from 'viem'

import { AitokenError } from './AitokenError.js'

/** Thrown when a permit or delegation is signed with a nonce that is not the next. */
export class InvalidNonceError extends AitokenError {
  override readonly name = 'InvalidNonceError'

  /** Whose nonce it is. */
  readonly account: Address

  /** The next nonce of the account. */
  readonly current: bigint

  constructor({ account, cause, current }: InvalidNonceError.Options) {
    super(`The next nonce of ${account} is ${current}; the signature has another.`, {
      cause,
      hints: ['It was used already, or others were signed before it: sign again with the current nonce.'],
    })
    this.account = account
    this.current = current
  }
}

export declare namespace InvalidNonceError {
  type Options = { account: Address; cause?: unknown; current: bigint }
}
