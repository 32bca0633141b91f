import type { Hex } from 'viem'

import type { Ledger } from '../ledger/ledger.js'

/** What a transaction leaves behind and what it answers. */
export type Transition<result> = {
  /** The channel's new book; undefined when there is still none. */
  ledger: Ledger | undefined
  /** What {@link LedgerStore.transact} answers. */
  result: result
}

/** Where a provider keeps its books. One primitive, so that every store behaves alike. */
export type LedgerStore = {
  /** All books, in no order. */
  list(): AsyncIterable<Ledger>
  /**
   * Changes one channel's book. `fn` sees the last committed book and nobody else changes it meanwhile; when
   * `fn` throws, or the write fails, nothing changed. The promise resolves after the write is durable. `fn` may
   * run more than once, so it must be pure.
   */
  transact<result>(channelId: Hex, fn: (ledger: Ledger | undefined) => Transition<result>): Promise<result>
}
