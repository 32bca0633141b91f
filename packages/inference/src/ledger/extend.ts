import type { CreditInsufficientError } from './errors.js'
import { ReservationError } from './errors.js'
import { findReservation, type Ledger } from './ledger.js'
import { checkCredit } from './reserve.js'

/**
 * Raises a request's reservation while it streams, and notes what was delivered so far.
 *
 * @param ledger - The book.
 * @param parameters - {@link extend.Parameters}
 * @returns The new book.
 * @throws {@link CreditInsufficientError} when the free credit does not cover the difference.
 * @throws {@link ReservationError} when the request holds no reservation, or an amount would fall.
 */
export function extend(
  ledger: Ledger,
  { amount, attempt, delivered, requestId, writtenAt }: extend.Parameters,
): Ledger {
  const reservation = findReservation(ledger, requestId, attempt)
  if (!reservation) throw new ReservationError({ problem: 'holds no reservation', requestId })
  if (amount < reservation.amount || delivered < reservation.delivered || delivered > amount)
    throw new ReservationError({
      problem: `cannot go from ${reservation.amount} to ${amount} base units with ${delivered} delivered`,
      requestId,
    })
  checkCredit(ledger, amount - reservation.amount, reservation.grant)
  const extended = { ...reservation, amount, delivered, writtenAt }
  const reserved = ledger.reserved.map((held) => (held === reservation ? extended : held))
  return { ...ledger, reserved }
}

export declare namespace extend {
  type Parameters = {
    /** The most the request may now cost, in base units. */
    amount: bigint
    /** Which attempt at it; what another one holds is left alone. @default any */
    attempt?: string | undefined
    /** Cost of what was delivered so far, in base units. */
    delivered: bigint
    /** The request. */
    requestId: string
    /** Unix time in milliseconds. */
    writtenAt: number
  }
  type ErrorType = CreditInsufficientError | ReservationError
}
