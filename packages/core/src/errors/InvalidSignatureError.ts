import { AitokenError } from './AitokenError.js'

/** Thrown when a signature is malformed, or not by whom it should be. */
export class InvalidSignatureError extends AitokenError {
  override readonly name = 'InvalidSignatureError'

  /** What is wrong with it. */
  readonly reason: string

  constructor({ cause, reason }: InvalidSignatureError.Options) {
    super(`The signature is not valid: ${reason}.`, {
      cause,
      hints: [
        'Sign again, with the same fields, chain and contract that are submitted.',
        'The token checks key signatures only: a contract account calls the plain function instead.',
      ],
    })
    this.reason = reason
  }
}

export declare namespace InvalidSignatureError {
  type Options = { cause?: unknown; reason: string }
}
