import { findReservation, type Holder, type Ledger } from './ledger.js'

/**
 * Says that requests are still being served, so that nobody takes their reservations for left behind.
 *
 * @param ledger - The book.
 * @param parameters - {@link renew.Parameters}
 * @returns The new book; the same one when none of them holds anything.
 */
export function renew(ledger: Ledger, { holders, writtenAt }: renew.Parameters): Ledger {
  const kept = new Set(holders.map(({ attempt, requestId }) => findReservation(ledger, requestId, attempt)))
  if (!ledger.reserved.some((held) => kept.has(held))) return ledger
  const reserved = ledger.reserved.map((held) => (kept.has(held) ? { ...held, writtenAt } : held))
  return { ...ledger, reserved }
}

export declare namespace renew {
  type Parameters = {
    /** Who is still being served. */
    holders: readonly Holder[]
    /** Unix time in milliseconds. */
    writtenAt: number
  }
}
