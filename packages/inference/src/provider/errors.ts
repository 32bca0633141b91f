import { AitokenError } from '@aitoken/core/errors'

/** Thrown inside a provider when nobody is left to answer to; it never travels. */
export class PayerGoneError extends AitokenError {
  override readonly name = 'PayerGoneError'

  constructor() {
    super('The payer went away before the answer.')
  }
}

/** Thrown when a provider is configured with values that cannot work. */
export class ProviderOptionError extends AitokenError {
  override readonly name = 'ProviderOptionError'

  constructor({ expected, option, value }: { expected: string; option: string; value: unknown }) {
    super(`\`${option}\` is ${String(value)}.`, { hints: [`Pass ${expected}.`] })
  }
}
