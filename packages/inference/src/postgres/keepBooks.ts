import type { Hex } from 'viem'

import { type Change, createChange } from '../store/change.js'
import { StoreClosedError, StoreFailedError, StoreVersionError } from '../store/errors.js'
import { decodeLedger } from '../store/ledgerText.js'
import type { LedgerStore } from '../store/store.js'
import { createEars } from './listen.js'
import type { OpenPool } from './openPool.js'
import { borrow, type Row } from './pool.js'
import { createStatements, layout } from './statements.js'
import { createWriter, type Group } from './writeChanges.js'

/** Channels whose changes share one transaction at most. */
const batchSize = 64

/** Transactions at the same time at most: what comes meanwhile shares the next one. */
const lanes = 4

/** A store that can lay out its tables. */
export type PostgresStore = LedgerStore & {
  /**
   * Creates the schema and its tables where they are missing. It runs by itself before the first use; call it with
   * a role that may, when the role that serves may not. Processes that start at once wait for each other.
   */
  migrate(): Promise<void>
}

/**
 * Keeps books in one schema of a database.
 *
 * @param schema - Its name.
 * @param open - Opens the connections, on first use.
 * @param now - The present, as Unix time in milliseconds.
 * @returns The store.
 */
export function keepBooks(schema: string, open: () => Promise<OpenPool>, now: () => number): PostgresStore {
  const instance = crypto.randomUUID()
  const statements = createStatements(schema, instance)
  const queues = new Map<Hex, Change[]>()
  const busy = new Set<Hex>()
  const writing = new Set<Promise<void>>()
  let opened: Promise<OpenPool> | undefined
  let laidOut: Promise<void> | undefined
  let closed: Promise<void> | undefined
  let scheduled = false

  const connect = async () => {
    opened ??= open()
    return (await opened).pool
  }

  const ask = async (text: string): Promise<readonly Row[]> => {
    if (closed) throw new StoreClosedError()
    await ready()
    const pool = await connect()
    const results = await borrow(pool, (query) => query(text)).catch(failTo('read'))
    return results[0] ?? []
  }

  const migrate = async () => {
    const pool = await connect()
    const found = await borrow(pool, async (query) => {
      const [row] = (await query(statements.isLaidOut)).flat()
      if (row?.found !== true) await query(statements.layOut)
      return (await query(statements.version)).flat()[0]?.version
    }).catch(failTo('lay out its tables'))
    if (Number(found) > layout) throw new StoreVersionError({ found: Number(found), supported: layout })
  }

  /** Lays out the tables once; when that fails, the next use tries again. */
  const ready = async () => {
    laidOut ??= migrate()
    await laidOut.catch((error: unknown) => {
      laidOut = undefined
      throw error
    })
  }

  /** Writes changes of channels, and lets these be written again. */
  const write = async (groups: readonly Group[]) => {
    try {
      await ready()
      await createWriter(await connect(), statements, now)(groups)
    } catch (error) {
      for (const { changes } of groups) for (const change of changes) change.fail(error)
    } finally {
      for (const { channelId } of groups) busy.delete(channelId)
    }
  }

  /** Begins to write what waits for channels that nobody writes. */
  const dispatch = () => {
    scheduled = false
    const groups: Group[] = []
    for (const [channelId, changes] of writing.size < lanes ? queues : []) {
      if (busy.has(channelId)) continue
      groups.push({ changes, channelId })
      if (groups.length === batchSize) break
    }
    if (groups.length === 0) return
    for (const { channelId } of groups) {
      queues.delete(channelId)
      busy.add(channelId)
    }
    const written = write(groups)
    writing.add(written)
    written.then(() => {
      writing.delete(written)
      dispatch()
    })
    if (queues.size > 0) dispatch()
  }

  const ears = createEars(
    async () => {
      await ready()
      return connect()
    },
    statements,
    instance,
  )

  const end = async () => {
    dispatch()
    while (writing.size > 0) await Promise.all(writing)
    await ears.stop()
    if (opened) await (await opened).end()
  }

  return {
    close() {
      closed ??= end()
      return closed
    },
    async findAnswer(channelId, requestId, at) {
      const [row] = await ask(statements.findAnswer(channelId, requestId, at))
      if (!row) return undefined
      const body = new Uint8Array(Buffer.from(String(row.body), 'hex'))
      return { body, expiresAt: Number(row.expires_at), fingerprint: `0x${row.fingerprint}`, requestId }
    },
    async *list() {
      let last: Hex = '0x'
      for (;;) {
        const page = await ask(statements.listAfter(last))
        for (const { book, channel_id: channelId } of page) {
          last = `0x${channelId}`
          yield decodeLedger(last, String(book))
        }
        if (page.length === 0) return
      }
    },
    migrate,
    async transact(channelId, fn) {
      if (closed) throw new StoreClosedError()
      const { change, done } = createChange(channelId, fn)
      const key = toLower(channelId)
      const queue = queues.get(key)
      if (queue) queue.push(change)
      else queues.set(key, [change])
      // Lets everything that arrived at the same time come along.
      if (!scheduled) setImmediate(dispatch)
      scheduled = true
      return done
    },
    watch(onChange) {
      if (closed) throw new StoreClosedError()
      return ears.listen(onChange)
    },
  }
}

/** One channel has one name. */
function toLower(channelId: Hex): Hex {
  return `0x${channelId.slice(2).toLowerCase()}`
}

function failTo(action: string) {
  return (cause: unknown): never => {
    throw new StoreFailedError({ action, cause, maybeWritten: false })
  }
}
