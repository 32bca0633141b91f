import { ChannelEndingError, CreditInsufficientError, ReservationError } from './errors.js'
import { availableCredit, findReservation, type Ledger } from './ledger.js'

/**
 * Sets credit aside for a request before it is served.
 *
 * @param ledger - The book.
 * @param parameters - {@link reserve.Parameters}
 * @returns The new book.
 * @throws {@link CreditInsufficientError} when the free credit does not cover the amount.
 * @throws {@link ChannelEndingError} when the channel is not open.
 * @throws {@link ReservationError} when the request already holds a reservation, or the amount is negative.
 */
export function reserve(ledger: Ledger, { amount, requestId, writtenAt }: reserve.Parameters): Ledger {
  const { channelId, reserved, status } = ledger
  if (status !== 'open') throw new ChannelEndingError({ channelId, status })
  if (findReservation(ledger, requestId))
    throw new ReservationError({ problem: 'already holds a reservation', requestId })
  if (amount < 0n) throw new ReservationError({ problem: `cannot reserve ${amount} base units`, requestId })
  checkCredit(ledger, amount)
  return { ...ledger, reserved: [...reserved, { amount, delivered: 0n, requestId, writtenAt }] }
}

/** Throws unless so much more credit is free, in base units. */
export function checkCredit(ledger: Ledger, needed: bigint): void {
  const available = availableCredit(ledger)
  if (needed > available)
    throw new CreditInsufficientError({ available, needed, required: ledger.authorized - available + needed })
}

export declare namespace reserve {
  type Parameters = {
    /** The most the request may cost, in base units. */
    amount: bigint
    /** Unique name of the request. */
    requestId: string
    /** Unix time in milliseconds. */
    writtenAt: number
  }
  type ErrorType = ChannelEndingError | CreditInsufficientError | ReservationError
}
