import { AitokenError } from './AitokenError.js'

/** Thrown when a value does not fit what a function takes. */
export class InvalidArgumentError extends AitokenError {
  override readonly name = 'InvalidArgumentError'

  /** The parameter. */
  readonly field: string

  constructor({ cause, expected, field, value }: InvalidArgumentError.Options) {
    super(`\`${field}\` must be ${expected}, not ${String(value)}.`, { cause })
    this.field = field
  }
}

export declare namespace InvalidArgumentError {
  type Options = { cause?: unknown; expected: string; field: string; value: unknown }
}
