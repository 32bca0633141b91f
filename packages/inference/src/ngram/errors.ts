import { AitokenError } from '@aitoken/core/errors'

/** Thrown when bytes are not a language model that this version can read. */
export class NgramFormatError extends AitokenError {
  override readonly name = 'NgramFormatError'

  constructor({ cause, problem }: NgramFormatError.Options) {
    super(`These bytes are not a readable n-gram model: ${problem}.`, {
      cause,
      hints: [
        'Give the whole file that `encodeModel` wrote, unchanged.',
        'If it was downloaded, compare its length and digest with the original.',
      ],
    })
  }
}

export declare namespace NgramFormatError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** What does not fit, as a clause. */
    problem: string
  }
}

/** Thrown inside the handler when a request cannot be served; it is answered as an OpenAI error object. */
export class NgramRequestError extends AitokenError {
  override readonly name = 'NgramRequestError'

  /** The method that would do, when this one does not. */
  readonly allow: string | undefined

  /** Machine-readable reason, or null. */
  readonly code: string | null

  /** The parameter at fault, or null. */
  readonly param: string | null

  /** HTTP status of the answer. */
  readonly status: number

  constructor({ allow, cause, code = null, message, param = null, status = 400 }: NgramRequestError.Options) {
    super(message, { cause })
    this.allow = allow
    this.code = code
    this.param = param
    this.status = status
  }
}

export declare namespace NgramRequestError {
  type Options = {
    allow?: string | undefined
    cause?: unknown
    code?: string | null | undefined
    message: string
    param?: string | null | undefined
    status?: number | undefined
  }
}
