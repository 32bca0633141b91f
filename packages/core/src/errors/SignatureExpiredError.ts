import { AitokenError } from './AitokenError.js'

/** Thrown when a signature is submitted after its deadline. */
export class SignatureExpiredError extends AitokenError {
  override readonly name = 'SignatureExpiredError'

  /** Until when it was valid, in seconds since 1970. */
  readonly deadline: bigint

  constructor({ cause, deadline }: SignatureExpiredError.Options) {
    super(`The signature was valid until ${deadline} (seconds since 1970).`, {
      cause,
      hints: ['Have it signed again with a later deadline.'],
    })
    this.deadline = deadline
  }
}

export declare namespace SignatureExpiredError {
  type Options = { cause?: unknown; deadline: bigint }
}
