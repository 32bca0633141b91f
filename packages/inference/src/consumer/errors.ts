import { AitokenError } from '@aitoken/core/errors'
import type { Hex } from 'viem'

/** Thrown when a request would authorize more than a budget allows. Nothing was signed. */
export class BudgetExceededError extends AitokenError {
  override readonly name = 'BudgetExceededError'

  /** Which budget. */
  readonly budget: 'day' | 'provider' | 'request' | 'session'

  /**
   * Unix time in milliseconds from which the day's budget covers it, if nothing else is spent until then; undefined
   * for other budgets, and when time alone does not help.
   */
  readonly freesAt: number | undefined

  /** What the budget allows, in base units. */
  readonly limit: bigint

  /** What would have been authorized, with what counts against the budget already, in base units. */
  readonly needed: bigint

  /** The provider; undefined for the budget of a request. */
  readonly origin: string | undefined

  constructor({ budget, freesAt, limit, needed, origin }: BudgetExceededError.Options) {
    super(`This would authorize ${needed} base units, but the budget of a ${budget} is ${limit}.`, {
      hints: [
        `Raise \`budget.${budget}\`, or ask for fewer tokens (\`max_tokens\`).`,
        ...(freesAt === undefined ? [] : [`Enough of the day's budget is free again at ${toTime(freesAt)}.`]),
        ...(budget === 'session' ? ['A consumer with another `session` begins anew.'] : []),
        ...(budget === 'request' ? [] : ['Close channels: what was signed and not charged is free then.']),
      ],
    })
    this.budget = budget
    this.freesAt = freesAt
    this.origin = origin
    this.limit = limit
    this.needed = needed
  }
}

export declare namespace BudgetExceededError {
  type Options = {
    /** Which budget. */
    budget: 'day' | 'provider' | 'request' | 'session'
    /** Unix time in milliseconds from which the budget covers it; undefined when time does not help. */
    freesAt?: number | undefined
    /** What the budget allows, in base units. */
    limit: bigint
    /** What would have been authorized, in base units. */
    needed: bigint
    /** The provider. */
    origin?: string | undefined
  }
}

function toTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

/** Thrown when another consumer took a channel over. Nothing was signed. */
export class ChannelTakenError extends AitokenError {
  override readonly name = 'ChannelTakenError'

  /** The channel. */
  readonly channelId: Hex

  constructor({ channelId, name }: { channelId: Hex; name: string }) {
    super(`Another consumer named \`${name}\` signs for channel ${channelId} now, or the channel ended.`, {
      hints: ['Give consumers that run at the same time on one store a `name` each.'],
    })
    this.channelId = channelId
  }
}

/** Thrown when a consumer is to close a channel that it never opened, or closed before. Nothing was sent. */
export class ChannelNotOpenError extends AitokenError {
  override readonly name = 'ChannelNotOpenError'

  /** The provider. */
  readonly origin: string

  constructor({ origin }: { origin: string }) {
    super(`There is no open channel with ${origin}.`, {
      hints: ['Give the consumer the store, and the name, under which the channel was opened.'],
    })
    this.origin = origin
  }
}

/** Thrown when a channel's deposit does not cover a request. Nothing was signed. */
export class DepositExceededError extends AitokenError {
  override readonly name = 'DepositExceededError'

  /** What vouchers of the channel may authorize in total, in base units. */
  readonly limit: bigint

  /** What would have been authorized in total, in base units. */
  readonly needed: bigint

  constructor({ limit, needed }: { limit: bigint; needed: bigint }) {
    super(`The channel covers ${limit} base units, but ${needed} are needed.`, {
      hints: ['Top the channel up with `topUpChannel`, or close it and let another one open.'],
    })
    this.limit = limit
    this.needed = needed
  }
}

/** Thrown when a request goes to an origin that the consumer does not pay. */
export class ProviderNotAllowedError extends AitokenError {
  override readonly name = 'ProviderNotAllowedError'

  constructor({ origin }: { origin: string }) {
    super(`${origin} is not among the providers that this consumer pays.`, {
      hints: ['Add it to `providers`.'],
    })
  }
}

/** Thrown when a provider answers with more bytes than a consumer holds in memory. The rest was not read. */
export class AnswerTooLargeError extends AitokenError {
  override readonly name = 'AnswerTooLargeError'

  /** What is held at most, in bytes. */
  readonly limit: number

  constructor({ limit, origin }: { limit: number; origin: string }) {
    super(`${origin} answered with more than ${limit} bytes.`, {
      hints: ['Raise `maxAnswerBytes` if you asked for so much; otherwise use another provider.'],
    })
    this.limit = limit
  }
}

/** Thrown when something is to be signed for a provider that charged answers again and again which never arrived. */
export class UnansweredChargesError extends AitokenError {
  override readonly name = 'UnansweredChargesError'

  /** What it charged for them, in base units. */
  readonly unanswered: bigint

  constructor({ origin, unanswered }: { origin: string; unanswered: bigint }) {
    super(`${origin} charged ${unanswered} base units for answers that broke off or never came.`, {
      hints: [
        'Check the connection, or use another provider.',
        'Close the channel with `close`: the next request opens another one.',
      ],
    })
    this.unanswered = unanswered
  }
}

/** Thrown when a provider ended a stream because it was not paid further. What arrived before was charged. */
export class StreamUnpaidError extends AitokenError {
  override readonly name = 'StreamUnpaidError'

  constructor({ cause, origin }: { cause?: unknown; origin: string }) {
    super(`${origin} ended the stream for want of a voucher.`, {
      cause,
      hints: ['Check the connection: vouchers are sent beside the stream.'],
    })
  }
}

/** Thrown when a consumer is configured with values that cannot work. */
export class ConsumerOptionError extends AitokenError {
  override readonly name = 'ConsumerOptionError'

  constructor({ expected, option, value }: { expected: string; option: string; value: unknown }) {
    super(`\`${option}\` is ${String(value)}.`, { hints: [`Pass ${expected}.`] })
  }
}
