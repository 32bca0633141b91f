import { createPostgresStore } from '@aitoken/inference/postgres'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { databaseUrl, freshSchema } from '~test/database.js'
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
