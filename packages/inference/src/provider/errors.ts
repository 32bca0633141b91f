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

/** The cause of an `UpstreamError`: the model's server refused for reasons of the provider's own. */
export class UpstreamRefusedError extends AitokenError {
  override readonly name = 'UpstreamRefusedError'

  /** The beginning of what it answered; it may quote keys, and is no part of the message. */
  readonly answer: string

  /** The HTTP status that it answered with. */
  readonly status: number

  constructor({ answer, status }: { answer: string; status: number }) {
    super(`The model's server answered with status ${status}.`, {
      hints: ['See `answer` for what it says, its key and its limits.'],
    })
    this.answer = answer
    this.status = status
  }
}
