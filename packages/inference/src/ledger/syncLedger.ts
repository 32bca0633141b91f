import { larger } from '../internal/compare.js'
import type { Ledger } from './ledger.js'

/**
 * Takes over what the chain says about a channel.
 *
 * @param ledger - The book.
 * @param parameters - {@link syncLedger.Parameters}
 * @returns The new book. A pending exit or an end stops new credit; it never takes back what was spent.
 */
export function syncLedger(ledger: Ledger, { state, syncedAt }: syncLedger.Parameters): Ledger {
  const { closeAt, closed, deposit, settled } = state
  // A slow node may answer with an older state: what only grows on chain never shrinks here.
  const highest = larger(settled, ledger.settled)
  const spent = larger(ledger.spent, highest)
  const ended = closed || ledger.status === 'closed'
  // Only a top-up takes an exit back; without one, an answer that knows of none is an old answer.
  const exit = closeAt > 0 || deposit > ledger.deposit ? closeAt : ledger.closeAt
  return {
    ...ledger,
    // Not what was spent: sessions may spend what nobody authorized yet.
    authorized: larger(ledger.authorized, highest),
    closeAt: exit,
    deposit: larger(deposit, ledger.deposit),
    settled: highest,
    spent,
    status: ended ? 'closed' : exit > 0 ? 'closing' : ledger.closeAt > 0 ? 'open' : ledger.status,
    syncedAt,
  }
}

export declare namespace syncLedger {
  /** What the chain says about a channel. */
  type State = {
    /** Unix time in seconds from which the payer may withdraw; 0 when no exit is pending. */
    closeAt: number
    /** Whether the channel ended. */
    closed: boolean
    /** Base units put in since the channel opened. */
    deposit: bigint
    /** Base units paid out since the channel opened. */
    settled: bigint
  }
  type Parameters = {
    /** What the chain says. */
    state: State
    /** Unix time in milliseconds at which the chain was read. */
    syncedAt: number
  }
}
