import { AitokenError } from './AitokenError.js'

/** Thrown when a whole number is no bigint, negative, or larger than its field holds. */
export class InvalidAmountError extends AitokenError {
  override readonly name = 'InvalidAmountError'

  /** The value given. */
  readonly value: unknown

  constructor({ field, max, min = 0n, value }: InvalidAmountError.Options) {
    const whole = typeof value === 'bigint'
    const rule = whole && value < 0n ? 'not be negative, and is' : `be a bigint from ${min} to ${max}, not`
    super(`\`${field}\` must ${rule} ${whole ? value : `the ${typeof value} ${String(value)}`}.`, {
      hints: [
        whole
          ? `Pass at ${value < min ? `least ${min}` : `most ${max}`}.`
          : 'Amounts are base units: `parseUnits(text, decimals)` makes them from text.',
      ],
    })
    this.value = value
  }
}

export declare namespace InvalidAmountError {
  type Options = { field: string; max: bigint; min?: bigint | undefined; value: unknown }
}
