import { AitokenError } from '@aitoken/core/errors'
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
