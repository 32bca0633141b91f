import { reserve } from '@aitoken/inference'
import { createPostgresStore } from '@aitoken/inference/postgres'
import pg from 'pg'
import type { Hex } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cutConnections } from '~test/cutter.js'
import { databaseUrl, freshSchema } from '~test/database.js'
import { bookOf } from '~test/storeConformance.js'
import { type Fault, testFaults } from '~test/storeFaults.js'

import type { PostgresClient, PostgresPool } from './pool.js'

let connectionString = ''
let pool: pg.Pool
beforeAll(async () => {
  connectionString = await databaseUrl()
  pool = new pg.Pool({ connectionString, max: 4 })
})
afterAll(() => pool.end())

testFaults(async () => {
  const schema = freshSchema()
  let fault: Fault | undefined
  return {
    reopen: async () => createPostgresStore({ connectionString, connections: 1, schema }),
    store: createPostgresStore({ pool: withFaults(() => fault), schema }),
    strike: (next) => {
      fault = next
    },
  }
})

/** The real driver, whose every message to the server passes through the fault. */
function withFaults(current: () => Fault | undefined): PostgresPool {
  const through = async <result>(execute: () => Promise<result>): Promise<result> => {
    const fault = current()
    return fault ? fault.around(execute) : execute()
  }
  const ofClient = (client: pg.PoolClient): PostgresClient => ({
    off: (event, listener) => client.off(event, listener),
    // A client's overloads name one event each.
    on: (event, listener) => client.on(event as 'notification', listener),
    query: (text) => through(() => client.query(text)),
    release: (close) => client.release(close),
  })
  return { connect: async () => ofClient(await pool.connect()) }
}

test.each(['answer', 'request'] as const)(
  'behavior: the network breaks at the commit and loses its %s: written once',
  async (lost) => {
    const { hostname, pathname, port, username } = new URL(connectionString)
    const cutter = await cutConnections({ hostname, port: Number(port) }, lost)
    const schema = freshSchema()
    const url = `postgres://${username}@127.0.0.1:${cutter.port}${pathname}`
    const store = createPostgresStore({ connectionString: url, connections: 2, schema })
    const ids = [1, 2, 3].map((index): Hex => `0x${`${index}`.repeat(64)}`)
    await Promise.all(ids.map((id) => store.transact(id, () => ({ ledger: bookOf(id), result: undefined }))))
    cutter.arm()
    // Done twice, it would say that the request already holds a reservation.
    const hold = (id: Hex) =>
      store.transact(id, (held) => {
        const ledger = reserve(held ?? bookOf(id), { amount: 10n, requestId: 'a', writtenAt: 1 })
        return { ledger, result: ledger.reserved.length }
      })
    expect(await Promise.all(ids.map(hold))).toEqual([1, 1, 1])
    expect(cutter.cuts()).toBe(1)
    const other = createPostgresStore({ connectionString, schema })
    for await (const { reserved } of other.list()) expect(reserved).toHaveLength(1)
    await Promise.all([other.close(), store.close()])
    await cutter.close()
  },
)
