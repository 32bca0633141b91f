import type { Hex } from 'viem'

import { type Change, createChange } from '../store/change.js'
import { StoreClosedError, StoreFailedError, StoreVersionError } from '../store/errors.js'
import { decodeLedger } from '../store/ledgerText.js'
import type { LedgerStore } from '../store/store.js'
import { createEars } from './listen.js'
import type { OpenPool } from './openPool.js'
import { borrow, type Row } from './pool.js'
import { createStatements, layout } from './statements.js'
import { createWriter } from './writeChanges.js'

/** Changes of one channel that share one write at most. */
const batchSize = 256

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
  const draining = new Set<Promise<void>>()
  let opened: Promise<OpenPool> | undefined
  let laidOut: Promise<void> | undefined
  let closed: Promise<void> | undefined

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

  /** Writes what waits for a channel, together what came together, until nothing waits. */
  const drain = async (channelId: Hex, queue: Change[]) => {
    try {
      await ready()
      const write = createWriter(await connect(), statements, now)
      while (queue.length > 0) await write(channelId, queue.splice(0, batchSize))
    } catch (error) {
      for (const { fail } of queue.splice(0)) fail(error)
    } finally {
      queues.delete(channelId)
    }
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
    await Promise.all([...draining, ears.stop()])
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
      const queue = queues.get(channelId)
      if (queue) queue.push(change)
      else {
        const begun = [change]
        queues.set(channelId, begun)
        const drained = drain(channelId, begun)
        draining.add(drained)
        drained.then(() => draining.delete(drained))
      }
      return done
    },
    watch(onChange) {
      if (closed) throw new StoreClosedError()
      return ears.listen(onChange)
    },
  }
}

function failTo(action: string) {
  return (cause: unknown): never => {
    throw new StoreFailedError({ action, cause, maybeWritten: false })
  }
}
