import { AitokenError } from './AitokenError.js'

/** Thrown when the wallet's owner declined to sign. */
export class UserRejectedError extends AitokenError {
  override readonly name = 'UserRejectedError'

  constructor({ cause, what }: UserRejectedError.Options) {
    super(`The wallet's owner declined \`${what}\`.`, { cause, hints: ['Ask again only when they do.'] })
  }
}

export declare namespace UserRejectedError {
  type Options = { cause?: unknown; what: string }
}
