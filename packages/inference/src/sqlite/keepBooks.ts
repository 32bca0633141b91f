import type { DatabaseSync } from 'node:sqlite'
import { AitokenError } from '@aitoken/core/errors'
import type { Hex } from 'viem'

import type { Ledger } from '../ledger/ledger.js'
import { type Change, type Computed, createChange } from '../store/change.js'
import { StoreClosedError, StoreFailedError } from '../store/errors.js'
import type { LedgerStore } from '../store/store.js'
import { createTables } from './tables.js'
import { watchFile } from './watchFile.js'

/** Changes that share one write at most: the process does nothing else meanwhile. */
const batchSize = 256

/** Books that are kept in memory, so that they need not be read again. */
const cacheSize = 10_000

/**
 * Keeps books in a database that is open and laid out.
 *
 * @param database - The database; the store closes it.
 * @param options - The present, as Unix time in milliseconds.
 * @returns The store.
 */
export function keepBooks(database: DatabaseSync, { now }: { now: () => number }): LedgerStore {
  const tables = createTables(database)
  const news = watchFile(tables)
  const cache = new Map<Hex, Ledger>()
  const waiting: Change[] = []
  let closed = false
  let revision = 0
  let scheduled = false
  let seen: number | undefined

  /** Looks, under the lock, whether another connection has changed anything since the last look. */
  const refresh = () => {
    const version = tables.dataVersion()
    if (version === seen) return
    cache.clear()
    revision = tables.revision()
    seen = version
  }

  const remember = (ledger: Ledger) => {
    cache.delete(ledger.channelId)
    cache.set(ledger.channelId, ledger)
    const [oldest] = cache.keys()
    if (cache.size > cacheSize && oldest !== undefined) cache.delete(oldest)
  }

  /** Runs the changes one after the other, each on the book that the one before left. */
  const compute = (changes: readonly Change[]) => {
    const books = new Map<Hex, Ledger>()
    const ended: Pick<Computed, 'finish'>[] = []
    const answers: [Hex, NonNullable<Computed['answer']>][] = []
    for (const change of changes) {
      const { channelId } = change
      try {
        const held = books.get(channelId) ?? cache.get(channelId) ?? tables.read(channelId)
        const computed = change.run(held)
        ended.push(computed)
        if (computed.ledger && computed.ledger !== held) books.set(channelId, computed.ledger)
        if (computed.answer) answers.push([channelId, computed.answer])
      } catch (error) {
        // The book cannot be read, which concerns nobody else.
        ended.push({ finish: () => change.fail(error) })
      }
    }
    return { answers, books, ended }
  }

  /** Writes what the changes leave behind in one transaction, or else each for itself, and says how they ended. */
  const write = (changes: readonly Change[]) => {
    let step: 'begin' | 'commit' | 'write' = 'begin'
    try {
      database.exec('BEGIN IMMEDIATE')
      step = 'write'
      refresh()
      const { answers, books, ended } = compute(changes)
      for (const ledger of books.values()) tables.write(ledger, revision + 1)
      for (const [channelId, answer] of answers) tables.keepAnswer(channelId, answer)
      if (answers.length > 0) tables.forgetExpired(now(), 2 * answers.length)
      step = 'commit'
      database.exec('COMMIT')
      if (books.size > 0) revision += 1
      for (const ledger of books.values()) remember(ledger)
      for (const { finish } of ended) finish()
    } catch (cause) {
      cache.clear()
      seen = undefined
      const open = database.isTransaction
      if (open) database.exec('ROLLBACK')
      const maybeWritten = step === 'commit' && !open
      const failure = new StoreFailedError({ action: 'write', cause, maybeWritten })
      // One of them may be to blame. When not even the lock was to be had, none is.
      if (step === 'begin' || maybeWritten || changes.length === 1)
        for (const change of changes) change.fail(failure)
      else for (const change of changes) write([change])
    }
  }

  const flush = () => {
    scheduled = false
    if (waiting.length > 0) write(waiting.splice(0, batchSize))
    if (waiting.length > 0) schedule()
  }

  /** Lets everything that arrived at the same time come along. */
  const schedule = () => {
    if (scheduled) return
    scheduled = true
    setImmediate(flush)
  }

  const read = <result>(look: () => result): result => {
    if (closed) throw new StoreClosedError()
    try {
      return look()
    } catch (cause) {
      if (AitokenError.is(cause)) throw cause
      throw new StoreFailedError({ action: 'read', cause, maybeWritten: false })
    }
  }

  return {
    async close() {
      if (closed) return
      closed = true
      news.stop()
      while (waiting.length > 0) flush()
      database.close()
    },
    findAnswer: async (channelId, requestId, at) => read(() => tables.findAnswer(channelId, requestId, at)),
    async *list() {
      let page = read(() => tables.listAfter(''))
      while (page.length > 0) {
        yield* page
        const last = page.at(-1)?.channelId ?? ''
        page = read(() => tables.listAfter(last))
      }
    },
    async transact(channelId, fn) {
      if (closed) throw new StoreClosedError()
      const { change, done } = createChange(channelId, fn)
      waiting.push(change)
      schedule()
      return done
    },
    watch: (onChange) => read(() => news.listen(onChange)),
  }
}
