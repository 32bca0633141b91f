import { sumReserved } from '../ledger/ledger.js'
import type { LedgerStore } from '../store/store.js'
import type { ProviderContext } from './context.js'
import type { BooksState, ProviderState } from './observer.js'

/** How long sums over the books hold, in milliseconds: they read every book. */
const freshFor = 30_000

/**
 * Creates what reads what a provider is doing and holds.
 *
 * @param context - The provider.
 * @returns Reads it; the sums over the books are up to 30 seconds old.
 */
export function createStateReader(context: ProviderContext): () => Promise<ProviderState> {
  let readAt = Number.NEGATIVE_INFINITY
  let books: Promise<BooksState | undefined> | undefined

  const readBooks = () => {
    const now = performance.now()
    if (books && now - readAt < freshFor) return books
    readAt = now
    books = sumBooks(context.store).catch((error: unknown) => {
      context.onError(error)
      return undefined
    })
    return books
  }

  return async () => {
    const sums = await readBooks()
    let pausedStreams = 0
    let requests = 0
    let streams = 0
    for (const { pausedAt, streams: streaming } of context.activities.running()) {
      requests++
      if (streaming) streams++
      if (pausedAt !== undefined) pausedStreams++
    }
    return { books: sums, draining: context.activities.leaving(), pausedStreams, requests, streams }
  }
}

/** Adds up what the books say. */
export async function sumBooks(store: LedgerStore): Promise<BooksState> {
  const channels = { closed: 0, closing: 0, open: 0 }
  let [authorized, exposed, reserved, settled] = [0n, 0n, 0n, 0n]
  for await (const ledger of store.list()) {
    channels[ledger.status]++
    settled += ledger.settled
    if (ledger.status === 'closed') continue
    authorized += ledger.authorized
    exposed += ledger.spent > ledger.settled ? ledger.spent - ledger.settled : 0n
    reserved += sumReserved(ledger)
  }
  return { authorized, channels, exposed, reserved, settled }
}
