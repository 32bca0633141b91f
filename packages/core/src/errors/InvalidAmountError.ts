import { AitokenError } from './AitokenError.js'

/** Thrown when a whole number is no bigint, negative, or larger than its field holds. */
export class InvalidAmountError extends AitokenError {
  override readonly name = 'InvalidAmountError'

  /** The value given. */
  readonly value: unknown

  constructor({ field, max, min = 0n, value }: InvalidAmountError.Options) {
    const negative = typeof value === 'bigint' && value < 0n
    const rule = negative ? 'must not be negative, and is' : `must be a bigint from ${min} to ${max}, not`
    super(`\`${field}\` ${rule} ${describeValue(value)}.`, {
      hints: [
        typeof value === 'bigint'
          ? value < min
            ? `Pass at least ${min}.`
            : `Pass at most ${max}.`
          : 'Amounts are base units: `parseUnits(text, decimals)` makes them from text.',
      ],
    })
    this.value = value
  }
}

export declare namespace InvalidAmountError {
  type Options = { field: string; max: bigint; min?: bigint | undefined; value: unknown }
}

function describeValue(value: unknown): string {
  return typeof value === 'bigint' ? String(value) : `the ${typeof value} ${String(value)}`
}
