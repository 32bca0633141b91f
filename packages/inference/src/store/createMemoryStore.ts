import type { Hex } from 'viem'

import type { Ledger } from '../ledger/ledger.js'
import { StoreClosedError } from './errors.js'
import { answersKept, type LedgerStore, type StoredAnswer } from './store.js'

/**
 * Creates a store that forgets everything when the process ends: for tests, trials, and channels small enough
 * to lose. What was spent but not settled is lost with it.
 *
 * @param parameters - {@link createMemoryStore.Parameters}
 * @returns The store.
 *
 * @example
 * ```ts
 * import { createMemoryStore } from '@aitoken/inference/provider'
 *
 * const store = createMemoryStore()
 * ```
 */
export function createMemoryStore({
  maxAnswersBytes = 67_108_864,
}: createMemoryStore.Parameters = {}): LedgerStore {
  const answers = new Map<Hex, Map<string, StoredAnswer>>()
  const ledgers = new Map<Hex, Ledger>()
  let closed = false

  const check = () => {
    if (closed) throw new StoreClosedError()
  }

  /** Every answer and its channel, the oldest first. */
  const kept = new Map<StoredAnswer, Hex>()
  let bytes = 0

  const drop = (channelId: Hex, answer: StoredAnswer | undefined) => {
    if (!answer || !kept.delete(answer)) return
    bytes -= answer.body.length
    const own = answers.get(channelId)
    own?.delete(answer.requestId)
    if (own?.size === 0) answers.delete(channelId)
  }

  const keep = (channelId: Hex, answer: StoredAnswer) => {
    drop(channelId, answers.get(channelId)?.get(answer.requestId))
    const own = answers.get(channelId) ?? new Map<string, StoredAnswer>()
    answers.set(channelId, own)
    own.set(answer.requestId, answer)
    kept.set(answer, channelId)
    bytes += answer.body.length
    const [oldest] = own.values()
    if (own.size > answersKept) drop(channelId, oldest)
    for (const [first, owner] of kept) {
      if (bytes <= maxAnswersBytes) break
      drop(owner, first)
    }
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

export declare namespace createMemoryStore {
  type Parameters = {
    /** Bytes of answers that are kept of all channels together; the oldest make room. @default 67_108_864 */
    maxAnswersBytes?: number | undefined
  }
}
