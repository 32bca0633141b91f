import { AitokenError } from '@aitoken/core/errors'
import type { Hex } from 'viem'

/** Thrown when the `Idempotency-Key` header is no key. Nothing is charged. */
export class IdempotencyKeyError extends AitokenError {
  override readonly name = 'IdempotencyKeyError'

  constructor() {
    super('The `Idempotency-Key` header is no key of 1 to 255 visible ASCII characters.', {
      hints: ['Send a random key, such as `crypto.randomUUID()`, and the same one only to repeat a request.'],
    })
  }
}

/** Thrown when an idempotency key was used for another request. Nothing is charged. */
export class IdempotencyConflictError extends AitokenError {
  override readonly name = 'IdempotencyConflictError'

  constructor() {
    super('The idempotency key belongs to a request with another path, body or price table.', {
      hints: ['Send exactly the same request to repeat it, or a new key with a new one.'],
    })
  }
}

/** Thrown when a request is repeated that is still being served. Nothing is charged for the repetition. */
export class RequestInFlightError extends AitokenError {
  override readonly name = 'RequestInFlightError'

  /** Seconds after which to ask again. */
  readonly retryAfter: number

  constructor({ retryAfter }: { retryAfter: number }) {
    super('A request with the same idempotency key is still being served.', {
      hints: [`Repeat it in ${retryAfter} seconds: it is charged once.`],
    })
    this.retryAfter = retryAfter
  }
}

/** Why the answer to a request cannot be given again. */
export type AnswerLoss = 'abandoned' | 'cut' | 'too-large'

/** Thrown when a request was charged before, and its answer cannot be given again. Nothing more is charged. */
export class AnswerGoneError extends AitokenError {
  override readonly name = 'AnswerGoneError'

  /** Whether the payer went away before there was an answer or in the middle of it, or it was too large to keep. */
  readonly loss: AnswerLoss

  constructor({ loss }: { loss: AnswerLoss }) {
    const reasons: Record<AnswerLoss, string> = {
      abandoned: 'its payer went away before the model answered',
      cut: 'its payer went away in the middle of it',
      'too-large': 'it was too large to be kept',
    }
    super(
      `The request was served and charged before, but its answer cannot be given again: ${reasons[loss]}.`,
      {
        hints: ['Send it under a new idempotency key to be served, and charged, again.'],
      },
    )
    this.loss = loss
  }
}

/** Thrown inside a provider when an answer that it kept does not read as it was written; payers learn nothing. */
export class JournalCorruptError extends AitokenError {
  override readonly name = 'JournalCorruptError'

  /** The channel. */
  readonly channelId: Hex

  /** Name of the request on its channel. */
  readonly requestId: string

  constructor({ cause, channelId, requestId }: { cause?: unknown; channelId: Hex; requestId: string }) {
    super(`The answer that is kept for ${requestId} of channel ${channelId} cannot be read.`, {
      cause,
      hints: [
        'It was altered, or written under another `journal.secret`; it is forgotten when it expires.',
        'Give all processes of a provider the same secret, or the same account.',
      ],
    })
    this.channelId = channelId
    this.requestId = requestId
  }
}
