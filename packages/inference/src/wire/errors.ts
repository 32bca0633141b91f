import { AitokenError } from '@aitoken/core'
import type { Hex } from 'viem'

/** Thrown when the `AI-Payment` header is malformed. */
export class PaymentHeaderError extends AitokenError {
  override readonly name = 'PaymentHeaderError'

  /** What is wrong with it. */
  readonly reason: string

  constructor({ reason }: { reason: string }) {
    super(`The \`AI-Payment\` header is malformed: ${reason}.`, {
      hints: ['Write it with `encodePayment`, or give your client the `fetch` of `createConsumer`.'],
    })
    this.reason = reason
  }
}

/** Thrown when a request comes without a payment. */
export class PaymentRequiredError extends AitokenError {
  override readonly name = 'PaymentRequiredError'

  constructor() {
    super('This model is paid for, and the request carries no payment.', {
      hints: ['Read the quote at /.well-known/aitoken.json and send an `AI-Payment` header.'],
    })
  }
}

/** Thrown when a provider does not know a channel and was not told what it is. */
export class ChannelUnknownError extends AitokenError {
  override readonly name = 'ChannelUnknownError'

  /** The channel. */
  readonly channelId: Hex

  constructor({ channelId }: { channelId: Hex }) {
    super(`The provider knows no open channel ${channelId}.`, {
      hints: [
        'Send its descriptor with the payment.',
        'Check that its opening is confirmed on the right chain.',
      ],
    })
    this.channelId = channelId
  }
}

/** Thrown when a channel belongs to another chain, contract, payee or token than the provider's. */
export class ChannelMismatchError extends AitokenError {
  override readonly name = 'ChannelMismatchError'

  /** The channel that the payment names. */
  readonly channelId: Hex

  /** The channel that its descriptor makes on the provider's chain and contract. */
  readonly expected: Hex

  constructor({ channelId, expected }: { channelId: Hex; expected: Hex }) {
    super(`The payment names channel ${channelId}, but its descriptor makes ${expected} here.`, {
      hints: ["Open the channel on the quote's chain and contract, to its payee, in its token."],
    })
    this.channelId = channelId
    this.expected = expected
  }
}

/** Thrown when the payer believes in other prices than the provider's. */
export class PriceChangedError extends AitokenError {
  override readonly name = 'PriceChangedError'

  /** First 8 bytes of the hash of the price table that holds now. */
  readonly priceTag: Hex

  constructor({ priceTag }: { priceTag: Hex }) {
    super(`The price table that begins with ${priceTag} holds, not the one that the payment names.`, {
      hints: ['Read the quote again and decide whether you agree.'],
    })
    this.priceTag = priceTag
  }
}

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

/** Thrown when the provider itself fails. */
export class ProviderFailedError extends AitokenError {
  override readonly name = 'ProviderFailedError'

  constructor({ cause }: { cause?: unknown } = {}) {
    super('The provider failed.', { cause, hints: ['Try again later, or tell its operator.'] })
  }
}

/** Thrown when closing is asked for with a voucher for another amount than what was spent. */
export class CloseAmountError extends AitokenError {
  override readonly name = 'CloseAmountError'

  /** Total that the voucher authorizes, in base units. */
  readonly cumulativeAmount: bigint

  /** Total charged, in base units. */
  readonly spent: bigint

  constructor({ cumulativeAmount, spent }: { cumulativeAmount: bigint; spent: bigint }) {
    super(
      `Closing takes a voucher for exactly the ${spent} base units that were spent, not ${cumulativeAmount}.`,
      {
        hints: ['Check the amount against your receipts before you sign it.'],
      },
    )
    this.cumulativeAmount = cumulativeAmount
    this.spent = spent
  }
}

/** Thrown when a provider's quote or state cannot be read. */
export class QuoteInvalidError extends AitokenError {
  override readonly name = 'QuoteInvalidError'

  constructor({ cause, origin, reason }: { cause?: unknown; origin: string; reason: string }) {
    super(`${origin} answered with something that is no quote: ${reason}.`, {
      cause,
      hints: ['Check the address: this may be no provider.'],
    })
  }
}
