import { AitokenError } from '@aitoken/core/errors'

/** Thrown when a provider does not serve a model. */
export class ModelUnknownError extends AitokenError {
  override readonly name = 'ModelUnknownError'

  /** The model that was asked for. */
  readonly model: string

  /** The models that are served. */
  readonly models: readonly string[]

  constructor({ model, models }: { model: string; models: readonly string[] }) {
    super(`The provider does not serve ${JSON.stringify(model)}.`, {
      hints: [`Use one of: ${models.join(', ')}.`],
    })
    this.model = model
    this.models = models
  }
}

/** Thrown when a request body is no request. */
export class BodyInvalidError extends AitokenError {
  override readonly name = 'BodyInvalidError'

  /** What is wrong with it. */
  readonly reason: string

  constructor({ reason }: { reason: string }) {
    super(`The request body is invalid: ${reason}.`, { hints: ["Send what OpenAI's API takes, as JSON."] })
    this.reason = reason
  }
}

/** Thrown when a request body is too large. */
export class BodyTooLargeError extends AitokenError {
  override readonly name = 'BodyTooLargeError'

  /** The largest body that is read, in bytes. */
  readonly limit: number

  constructor({ limit }: { limit: number }) {
    super(`The request body is larger than ${limit} bytes.`, { hints: ['Send less.'] })
    this.limit = limit
  }
}

/** Thrown when there is nothing at a path, or not for the method. */
export class RouteUnknownError extends AitokenError {
  override readonly name = 'RouteUnknownError'

  constructor() {
    super('There is nothing here for this path and method.', {
      hints: ['See /.well-known/aitoken.json for what is served.'],
    })
  }
}

/** Thrown when the model's server fails before it answered anything. Nothing is charged. */
export class UpstreamError extends AitokenError {
  override readonly name = 'UpstreamError'

  constructor({ cause }: { cause?: unknown } = {}) {
    super('The model failed before it answered; nothing was charged.', { cause, hints: ['Try again later.'] })
  }
}

/** Thrown when the model's server does not answer in time. Nothing is charged. */
export class UpstreamTimeoutError extends AitokenError {
  override readonly name = 'UpstreamTimeoutError'

  /** How long was waited, in milliseconds. */
  readonly timeout: number

  constructor({ timeout }: { timeout: number }) {
    super(`The model did not answer within ${timeout} ms; nothing was charged.`, {
      hints: ['Try again later.'],
    })
    this.timeout = timeout
  }
}

/** Thrown when the provider cannot reach the chain. Nothing is charged. */
export class ChainUnavailableError extends AitokenError {
  override readonly name = 'ChainUnavailableError'

  constructor({ cause }: { cause?: unknown } = {}) {
    super('The provider cannot reach the chain; nothing was charged.', { cause, hints: ['Try again later.'] })
  }
}

/** Thrown when the provider cannot read or write its books for the moment. The request is charged once at most. */
export class BooksUnavailableError extends AitokenError {
  override readonly name = 'BooksUnavailableError'

  constructor({ cause }: { cause?: unknown } = {}) {
    super('The provider cannot reach its books.', {
      cause,
      hints: [
        'Send the request again in a few seconds, under the same `Idempotency-Key`: it is charged once.',
      ],
    })
  }
}

/** Thrown when a provider is asked about more new channels at once than it looks up. Nothing is charged. */
export class ProviderBusyError extends AitokenError {
  override readonly name = 'ProviderBusyError'

  constructor() {
    super('The provider is asked about too many new channels at once; nothing was charged.', {
      hints: ['Try again in a second: channels that it knows are served meanwhile.'],
    })
  }
}

/** Thrown when a provider is about to stop and takes no new work. Nothing is charged. */
export class ProviderDrainingError extends AitokenError {
  override readonly name = 'ProviderDrainingError'

  constructor() {
    super('The provider is about to stop and takes no new requests; nothing was charged.', {
      hints: ['Try again in a few seconds: another process takes over.'],
    })
  }
}

/** Thrown when the provider itself fails. */
export class ProviderFailedError extends AitokenError {
  override readonly name = 'ProviderFailedError'

  constructor({ cause }: { cause?: unknown } = {}) {
    super('The provider failed.', { cause, hints: ['Try again later, or tell its operator.'] })
  }
}
