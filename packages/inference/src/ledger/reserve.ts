import type { Hex } from 'viem'

import { GrantLimitError } from '../grant/errors.js'
import { larger } from '../internal/compare.js'
import { findGrant, sumUnder } from './acceptGrant.js'
import { ChannelEndingError, CreditInsufficientError, ReservationError } from './errors.js'
import { availableCredit, findReservation, type Ledger } from './ledger.js'

/**
 * Sets credit aside for a request before it is served.
 *
 * @param ledger - The book.
 * @param parameters - {@link reserve.Parameters}
 * @returns The new book.
 * @throws {@link CreditInsufficientError} when the free credit does not cover the amount.
 * @throws {@link GrantLimitError} when the session's limit does not allow the amount.
 * @throws {@link ChannelEndingError} when the channel is not open.
 * @throws {@link ReservationError} when the request already holds a reservation, or the amount is negative.
 */
export function reserve(
  ledger: Ledger,
  { amount, attempt, fingerprint, grant, requestId, writtenAt }: reserve.Parameters,
): Ledger {
  const { channelId, reserved, status } = ledger
  if (status !== 'open') throw new ChannelEndingError({ channelId, status })
  if (findReservation(ledger, requestId))
    throw new ReservationError({ problem: 'already holds a reservation', requestId })
  if (amount < 0n) throw new ReservationError({ problem: `cannot reserve ${amount} base units`, requestId })
  checkCredit(ledger, amount, grant)
  const named = { ...(attempt && { attempt }), ...(fingerprint && { fingerprint }), ...(grant && { grant }) }
  const reservation = { amount, delivered: 0n, ...named, requestId, writtenAt }
  return { ...ledger, reserved: [...reserved, reservation] }
}

/** Throws unless so much more credit is free, in base units, and the session's limit allows it. */
export function checkCredit(ledger: Ledger, needed: bigint, grant?: Hex | undefined): void {
  const session = grant && findGrant(ledger, grant)
  const held = session ? sumUnder(ledger, session.keyId) + needed : 0n
  if (session && held > session.limit) throw new GrantLimitError({ limit: session.limit, needed: held })
  const available = availableCredit(ledger, grant)
  if (needed <= available) return
  const required = ledger.authorized - available + needed
  throw new CreditInsufficientError({ available: larger(available, 0n), needed, required })
}

export declare namespace reserve {
  type Parameters = {
    /** The most the request may cost, in base units. */
    amount: bigint
    /** Which attempt it is, of a request with an idempotency key; undefined for one without. */
    attempt?: string | undefined
    /** What a request with an idempotency key said; undefined for one without. */
    fingerprint?: Hex | undefined
    /** Name of the session's key under which it came. @default none: it brought a payment */
    grant?: Hex | undefined
    /** Unique name of the request. */
    requestId: string
    /** Unix time in milliseconds. */
    writtenAt: number
  }
  type ErrorType = ChannelEndingError | CreditInsufficientError | ReservationError | GrantLimitError
}
