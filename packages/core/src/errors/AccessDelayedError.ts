import type { Address } from 'viem'

import { AitokenError } from './AitokenError.js'

/** Thrown when an account must schedule a call before it makes it. */
export class AccessDelayedError extends AitokenError {
  override readonly name = 'AccessDelayedError'

  /** Who called. */
  readonly account: Address

  /** Seconds between the two. */
  readonly delay: number

  constructor({ account, cause, delay }: AccessDelayedError.Options) {
    super(`${account} may call this function only ${delay} s after scheduling it.`, {
      cause,
      hints: ['Call `schedule` on the access manager, wait, then `execute` there.'],
    })
    this.account = account
    this.delay = delay
  }
}

export declare namespace AccessDelayedError {
  type Options = { account: Address; cause?: unknown; delay: number }
}
