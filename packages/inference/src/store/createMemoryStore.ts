import type { Hex } from 'viem'

import type { Ledger } from '../ledger/ledger.js'
import { StoreClosedError } from './errors.js'
import { answersKept, type LedgerStore, type StoredAnswer } from './store.js'

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
  const answers = new Map<Hex, Map<string, StoredAnswer>>()
  const ledgers = new Map<Hex, Ledger>()
  let closed = false

  const check = () => {
    if (closed) throw new StoreClosedError()
  }

  const keep = (channelId: Hex, answer: StoredAnswer) => {
    const kept = answers.get(channelId) ?? new Map<string, StoredAnswer>()
    answers.set(channelId, kept)
    kept.set(answer.requestId, answer)
    const [oldest] = kept.keys()
    if (kept.size > answersKept && oldest !== undefined) kept.delete(oldest)
  }

  return {
    async close() {
      closed = true
    },
    async findAnswer(channelId, requestId, now) {
      check()
      const answer = answers.get(channelId)?.get(requestId)
      return answer && answer.expiresAt > now ? answer : undefined
    },
    async *list() {
      check()
      yield* [...ledgers.values()]
    },
    // `fn` is synchronous, so nothing can come between the read and the write.
    async transact(channelId, fn) {
      check()
      const { answer, ledger, result } = fn(ledgers.get(channelId))
      if (ledger) ledgers.set(channelId, ledger)
      if (answer) keep(channelId, answer)
      return result
    },
    // No other process has a part in it.
    watch() {
      check()
      return () => undefined
    },
  }
}
