import { AitokenError } from '@aitoken/core/errors'

/** Thrown when a protocol fee is above its ceiling. */
export class FeeTooHighError extends AitokenError {
  override readonly name = 'FeeTooHighError'

  /** Fee in basis points. */
  readonly bps: bigint

  /** Highest fee in basis points. */
  readonly maximum: bigint

  constructor({ bps, cause, maximum }: FeeTooHighError.Options) {
    super(`A fee of ${bps} basis points is above the maximum of ${maximum}.`, {
      cause,
      hints: ['Pass at most the maximum.'],
    })
    this.bps = bps
    this.maximum = maximum
  }
}

export declare namespace FeeTooHighError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** Fee in basis points. */
    bps: bigint
    /** Highest fee in basis points. */
    maximum: bigint
  }
}
