import type { Address } from 'viem'

import { AitokenError } from './AitokenError.js'

/** Thrown when an account calls a function that the access manager does not allow it. */
export class AccessDeniedError extends AitokenError {
  override readonly name = 'AccessDeniedError'

  /** Who called. */
  readonly account: Address

  constructor({ account, cause }: AccessDeniedError.Options) {
    super(`${account} may not call this function.`, {
      cause,
      hints: ['An administrator grants the role with `grantRole` on the access manager.'],
    })
    this.account = account
  }
}

export declare namespace AccessDeniedError {
  type Options = { account: Address; cause?: unknown }
}
