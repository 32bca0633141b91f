import type { Hex } from 'viem'

import type { Ledger } from '../ledger/ledger.js'
import type { LedgerStore } from './store.js'

/**
 * Creates a store that forgets everything when the process ends: for tests, trials, and channels small enough
 * to lose. What was spent but not settled is lost with it.
 *
 * @returns The store.
 *
 * @example
 * ```ts
 * import { createMemoryStore } from '@aitoken/inference/provider'
 *
 * const store = createMemoryStore()
 * ```
 */
export function createMemoryStore(): LedgerStore {
  const ledgers = new Map<Hex, Ledger>()
  return {
    async *list() {
      yield* [...ledgers.values()]
    },
    // `fn` is synchronous, so nothing can come between the read and the write.
    async transact(channelId, fn) {
      const { ledger, result } = fn(ledgers.get(channelId))
      if (ledger) ledgers.set(channelId, ledger)
      return result
    },
  }
}
