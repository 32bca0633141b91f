import { AitokenError } from './AitokenError.js'

/** Thrown when a value is not an address, or its checksum is wrong. */
export class InvalidAddressError extends AitokenError {
  override readonly name = 'InvalidAddressError'

  /** The value given. */
  readonly value: unknown

  constructor({ field, value }: InvalidAddressError.Options) {
    super(`\`${field}\` is not an address: ${String(value)}.`, {
      hints: ['An address is 0x and 40 hexadecimal digits; mixed case is a checksum and must match.'],
    })
    this.value = value
  }
}

export declare namespace InvalidAddressError {
  type Options = { field: string; value: unknown }
}
