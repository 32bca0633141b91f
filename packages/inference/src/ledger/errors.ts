import { AitokenError } from '@aitoken/core/errors'
import type { Hex } from 'viem'

/** Thrown when a voucher was presented before. */
export class VoucherReplayedError extends AitokenError {
  override readonly name = 'VoucherReplayedError'

  /** Total that the payer authorized so far, in base units. */
  readonly authorized: bigint

  constructor({ authorized }: { authorized: bigint }) {
    super(`A voucher for ${authorized} base units was presented before.`, {
      hints: ['Sign a voucher for more than that: every request needs its own.'],
    })
    this.authorized = authorized
  }
}

/** Thrown when a voucher authorizes less than an earlier one. */
export class VoucherLoweredError extends AitokenError {
  override readonly name = 'VoucherLoweredError'

  /** Total that the payer authorized so far, in base units. */
  readonly authorized: bigint

  /** Total that the refused voucher authorizes, in base units. */
  readonly cumulativeAmount: bigint

  constructor({ authorized, cumulativeAmount }: { authorized: bigint; cumulativeAmount: bigint }) {
    super(
      `The voucher authorizes ${cumulativeAmount} base units, but ${authorized} were authorized before.`,
      {
        hints: ['Amounts are cumulative: sign a voucher for the new total.'],
      },
    )
    this.authorized = authorized
    this.cumulativeAmount = cumulativeAmount
  }
}

/** Thrown when a voucher authorizes more than the channel can pay. */
export class VoucherOverdrawnError extends AitokenError {
  override readonly name = 'VoucherOverdrawnError'

  /** Total that the refused voucher authorizes, in base units. */
  readonly cumulativeAmount: bigint

  /** The most a voucher of this channel may authorize, in base units. */
  readonly limit: bigint

  constructor({ cumulativeAmount, limit }: { cumulativeAmount: bigint; limit: bigint }) {
    super(`The voucher authorizes ${cumulativeAmount} base units, but the channel covers only ${limit}.`, {
      hints: ['Top up the channel, or open another one.'],
    })
    this.cumulativeAmount = cumulativeAmount
    this.limit = limit
  }
}

/** Thrown when a request may cost more than the payer authorized. */
export class CreditInsufficientError extends AitokenError {
  override readonly name = 'CreditInsufficientError'

  /** Credit that no request holds, in base units. */
  readonly available: bigint

  /** Credit that the request needs, in base units. */
  readonly needed: bigint

  /** Cumulative amount of a voucher that would do, in base units. */
  readonly required: bigint

  constructor({ available, needed, required }: { available: bigint; needed: bigint; required: bigint }) {
    super(`The request may cost ${needed} base units, but only ${available} are authorized and free.`, {
      hints: [`Sign a voucher for at least ${required}.`],
    })
    this.available = available
    this.needed = needed
    this.required = required
  }
}

/** Thrown when a channel takes no more requests, because it is ending or has ended. */
export class ChannelEndingError extends AitokenError {
  override readonly name = 'ChannelEndingError'

  /** The channel. */
  readonly channelId: Hex

  /** Whether it is ending or has ended. */
  readonly status: 'closed' | 'closing'

  constructor({ channelId, status }: { channelId: Hex; status: 'closed' | 'closing' }) {
    super(`Channel ${channelId} is ${status}.`, { hints: ['Open another channel.'] })
    this.channelId = channelId
    this.status = status
  }
}

/** Thrown when a channel cannot close because requests are being served on it. */
export class ChannelBusyError extends AitokenError {
  override readonly name = 'ChannelBusyError'

  /** The channel. */
  readonly channelId: Hex

  /** Number of requests being served. */
  readonly requests: number

  constructor({ channelId, requests }: { channelId: Hex; requests: number }) {
    super(`Channel ${channelId} is serving ${requests} ${requests === 1 ? 'request' : 'requests'}.`, {
      hints: ['Wait until they end, or cancel them, then close.'],
    })
    this.channelId = channelId
    this.requests = requests
  }
}

/** Thrown when a request's reservation is missing, or exists when it should not. */
export class ReservationError extends AitokenError {
  override readonly name = 'ReservationError'

  /** The request. */
  readonly requestId: string

  constructor({ problem, requestId }: { problem: string; requestId: string }) {
    super(`Request ${requestId} ${problem}.`, {
      hints: ['Reserve once, extend as often as needed, then commit or release once.'],
    })
    this.requestId = requestId
  }
}
