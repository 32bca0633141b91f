import type { Address } from 'viem'

import { AitokenError } from './AitokenError.js'

/** Thrown when a contract is put under an authority that has no code. */
export class InvalidAuthorityError extends AitokenError {
  override readonly name = 'InvalidAuthorityError'

  /** The address given. */
  readonly authority: Address

  constructor({ authority, cause }: InvalidAuthorityError.Options) {
    super(`${authority} is no access manager: it has no code.`, {
      cause,
      hints: ['Deploy the access manager first.'],
    })
    this.authority = authority
  }
}

export declare namespace InvalidAuthorityError {
  type Options = { authority: Address; cause?: unknown }
}
