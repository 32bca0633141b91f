import type { Hex } from 'viem'

import type { Ledger } from '../ledger/ledger.js'

/** An answer that was charged, kept so that the payer can ask for it again. */
export type StoredAnswer = {
  /** The answer, encrypted. */
  readonly body: Uint8Array
  /** Unix time in milliseconds from which it may be forgotten. */
  readonly expiresAt: number
  /** What the request said: another request under the same name is refused. */
  readonly fingerprint: Hex
  /** Unique name of the request on its channel. */
  readonly requestId: string
}

/** What a transaction leaves behind and what it answers. */
export type Transition<result> = {
  /** An answer to keep, written in the same durable step as the book. */
  answer?: StoredAnswer | undefined
  /** The channel's new book; undefined when there is still none. */
  ledger: Ledger | undefined
  /** What {@link LedgerStore.transact} answers. */
  result: result
}

/** Where a provider keeps its books. One primitive, so that every store behaves alike. */
export type LedgerStore = {
  /** Gives back files and connections, after what was begun is done. */
  close(): Promise<void>
  /** The answer that is kept of a channel's request; undefined when there is none, or it expired. */
  findAnswer(channelId: Hex, requestId: string, now: number): Promise<StoredAnswer | undefined>
  /** All books, in no order. */
  list(): AsyncIterable<Ledger>
  /**
   * Changes one channel's book. `fn` sees the last committed book and nobody else changes it meanwhile; when
   * `fn` throws, or the write fails, nothing changed. The promise resolves after the write is durable. `fn` may
   * run more than once, so it must be pure. When `fn` gives back the very book it got, nothing needs writing.
   */
  transact<result>(channelId: Hex, fn: (ledger: Ledger | undefined) => Transition<result>): Promise<result>
  /** Tells when another process may have changed a channel's book; returns what stops it. */
  watch(onChange: (channelId: Hex) => void): () => void
}

/** Answers that are kept of one channel at most; the oldest makes room. */
export const answersKept = 64
