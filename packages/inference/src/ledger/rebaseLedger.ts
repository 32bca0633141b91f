import { larger, smaller } from '../internal/compare.js'
import type { Ledger, LedgerStatus } from './ledger.js'
import type { syncLedger } from './syncLedger.js'

/**
 * Takes back what the chain no longer says, after a reorganisation. {@link syncLedger} never does, because a slow
 * node looks the same: call this only for a state that the chain has kept for as many blocks as make it final.
 *
 * @param ledger - The book.
 * @param parameters - What the chain says, and when it was read.
 * @returns The new book. What was spent and authorized stays; a channel whose deposit no longer covers what was
 * authorized takes nothing new, and what was settled in a block that vanished is owed again.
 */
export function rebaseLedger(ledger: Ledger, { state, syncedAt }: syncLedger.Parameters): Ledger {
  const { authorized, margin } = ledger
  const spent = larger(ledger.spent, state.settled)
  const covered = state.closed || state.deposit >= authorized
  // Credit that was given cannot be taken back: the deposit in the book never falls below it.
  const deposit = larger(state.deposit, smaller(ledger.deposit, authorized + margin))
  // Where the deposit is gone, the payer is as free as after its exit.
  const closeAt = covered ? state.closeAt : state.closeAt || Math.ceil(syncedAt / 1000)
  return {
    ...ledger,
    authorized: larger(authorized, state.settled),
    closeAt,
    deposit,
    settled: state.settled,
    spent,
    status: statusOf(ledger, state, closeAt),
    syncedAt,
  }
}

function statusOf(ledger: Ledger, state: syncLedger.State, closeAt: number): LedgerStatus {
  if (state.closed) return 'closed'
  // A book that ended is never served again, but what is owed on it is still to be paid.
  if (ledger.status === 'closed') return state.settled < ledger.spent ? 'closing' : 'closed'
  if (closeAt > 0) return 'closing'
  return ledger.closeAt > 0 ? 'open' : ledger.status
}
