import { ChannelBusyError, ChannelEndingError } from './errors.js'
import type { Ledger } from './ledger.js'

/**
 * Stops serving a channel so that it can close.
 *
 * @param ledger - The book.
 * @returns The new book.
 * @throws {@link ChannelBusyError} when requests are being served.
 * @throws {@link ChannelEndingError} when the channel has ended.
 */
export function beginClose(ledger: Ledger): Ledger {
  const { channelId, status } = ledger
  if (status === 'closed') throw new ChannelEndingError({ channelId, status })
  const requests = ledger.reserved.length
  if (requests > 0) throw new ChannelBusyError({ channelId, requests })
  return { ...ledger, status: 'closing' }
}

/** Serves a channel again whose closing failed for certain; an exit of the payer keeps it closing. */
export function cancelClose(ledger: Ledger): Ledger {
  if (ledger.status !== 'closing' || ledger.closeAt > 0) return ledger
  return { ...ledger, status: 'open' }
}

/**
 * Ends a book on which nothing is owed, before the payer gets the word that ends its channel: whatever is charged
 * after that could not be taken any more.
 *
 * @param ledger - The book.
 * @returns The new book, which nothing opens again; the same one when something is owed.
 * @throws {@link ChannelBusyError} when requests are being served.
 */
export function sealLedger(ledger: Ledger): Ledger {
  const { channelId, settled, spent } = ledger
  const requests = ledger.reserved.length
  if (requests > 0) throw new ChannelBusyError({ channelId, requests })
  return spent === settled ? { ...ledger, status: 'closed' } : ledger
}

/** Notes that a channel ended on chain, with so many base units paid: by default everything that was spent. */
export function endClose(ledger: Ledger, settled: bigint = ledger.spent): Ledger {
  return { ...ledger, settled, status: 'closed' }
}

/** Notes what was paid on chain, in base units; it only grows. */
export function noteSettlement(ledger: Ledger, settled: bigint): Ledger {
  return settled > ledger.settled ? { ...ledger, settled } : ledger
}
