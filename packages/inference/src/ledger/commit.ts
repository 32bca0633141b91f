import type { UsageReceipt } from '../receipt/receipt.js'
import { chargeGrant } from './acceptGrant.js'
import { ReservationError } from './errors.js'
import { findReservation, type Ledger } from './ledger.js'
import { release } from './release.js'

/**
 * Charges a request for what was delivered and gives the rest of its reservation back.
 *
 * @param ledger - The book.
 * @param parameters - {@link commit.Parameters}
 * @returns The new book, whose `receipt` is this request's.
 * @throws {@link ReservationError} when the request holds no reservation, or costs more than it.
 */
export function commit(ledger: Ledger, { attempt, cost, requestId, statement }: commit.Parameters): Ledger {
  const reservation = findReservation(ledger, requestId, attempt)
  if (!reservation) throw new ReservationError({ problem: 'holds no reservation', requestId })
  const { amount, grant } = reservation
  if (cost < 0n || cost > amount)
    throw new ReservationError({ problem: `costs ${cost} base units but reserved ${amount}`, requestId })
  const sequence = ledger.sequence + 1n
  const spent = ledger.spent + cost
  const { channelId } = ledger
  return {
    ...release(ledger, { requestId }),
    grants: chargeGrant(ledger, { cost, grant }),
    receipt: statement && { ...statement, channelId, cost, cumulative: spent, sequence },
    sequence,
    spent,
  }
}

export declare namespace commit {
  type Parameters = {
    /** Which attempt at it; what another one holds is left alone. @default any */
    attempt?: string | undefined
    /** What the request costs, in base units. */
    cost: bigint
    /** The request. */
    requestId: string
    /** What the receipt says besides what the book knows. */
    statement: Omit<UsageReceipt, 'channelId' | 'cost' | 'cumulative' | 'sequence'> | undefined
  }
  type ErrorType = ReservationError
}
