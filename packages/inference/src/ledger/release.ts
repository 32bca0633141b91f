import { emptyReceipt } from '../receipt/receipt.js'
import { chargeGrant } from './acceptGrant.js'
import { ReservationError } from './errors.js'
import { findReservation, type Holder, type Ledger } from './ledger.js'

/**
 * Gives a request's reservation back without charging it.
 *
 * @param ledger - The book.
 * @param parameters - The request; with an attempt, what another one holds is left alone.
 * @returns The new book.
 * @throws {@link ReservationError} when the request holds no reservation.
 */
export function release(ledger: Ledger, { attempt, requestId }: Holder): Ledger {
  if (!findReservation(ledger, requestId, attempt))
    throw new ReservationError({ problem: 'holds no reservation', requestId })
  return { ...ledger, reserved: ledger.reserved.filter((held) => held.requestId !== requestId) }
}

/**
 * Charges requests that a crash left behind for what had been delivered when they were last written. Nobody knows any
 * more what they used, so their receipts name neither a model nor prices: they own up to the charge and the total.
 *
 * @param ledger - The book.
 * @param parameters - Reservations written before this Unix time in milliseconds are swept.
 * @returns The new book; the same one when nothing is that old.
 */
export function sweep(ledger: Ledger, { before }: { before: number }): Ledger {
  let swept = ledger
  for (const { delivered, grant, requestId, writtenAt } of ledger.reserved)
    if (writtenAt < before) {
      const spent = swept.spent + delivered
      const sequence = swept.sequence + 1n
      const { channelId } = swept
      const charge = { ...emptyReceipt(), channelId, cost: delivered, cumulative: spent, sequence }
      const receipt = delivered > 0n ? charge : swept.receipt
      const grants = chargeGrant(swept, { cost: delivered, grant })
      swept = { ...release(swept, { requestId }), grants, receipt, sequence, spent }
    }
  return swept
}
