import type { LedgerStore } from '@aitoken/inference'
import {
  createPostgresStore,
  StoreCorruptError,
  StoreFailedError,
  StoreVersionError,
} from '@aitoken/inference/postgres'
import pg from 'pg'
import type { Hex } from 'viem'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { databaseUrl, freshSchema } from '~test/database.js'
import { deferred } from '~test/deferred.js'
import { answerOf, bookOf, listAll, testStore } from '~test/storeConformance.js'

const channelId: Hex = `0x${'11'.repeat(32)}`
const opened: LedgerStore[] = []
let connectionString = ''
let schema = ''

beforeAll(async () => {
  connectionString = await databaseUrl()
})
beforeEach(() => {
  schema = freshSchema()
})
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
})

function open(parameters: { now?: () => number; schema?: string } = {}) {
  const store = createPostgresStore({ connectionString, connections: 4, schema, ...parameters })
  opened.push(store)
  return store
}

/** Speaks to the database past the store. */
async function query(text: string) {
  const client = new pg.Client(connectionString)
  await client.connect()
  const { rows } = await client.query(text)
  await client.end()
  return rows
}

const write = (store: LedgerStore, credit: bigint, id = channelId) =>
  store.transact(id, () => ({ ledger: bookOf(id, credit), result: undefined }))
const read = (store: LedgerStore) => store.transact(channelId, (ledger) => ({ ledger, result: ledger }))

testStore(async () => ({ reopen: async () => open(), store: open() }))

test('behavior: stores that start at once lay out one schema', async () => {
  await Promise.all(Array.from({ length: 6 }, () => open().migrate()))
  const stores = Array.from({ length: 4 }, () => open())
  await Promise.all(stores.map((store, index) => write(store, BigInt(index + 1))))
  const versions = await query(`SELECT version FROM "${schema}".layout`)
  expect(versions).toEqual([{ version: 1 }])
})

test('behavior: uses a pool that is given, and leaves it open', async () => {
  const pool = new pg.Pool({ connectionString, max: 3 })
  const store = createPostgresStore({ pool, schema })
  await write(store, 5n)
  const stop = store.watch(() => undefined)
  expect((await read(store))?.deposit).toBe(5n)
  stop()
  await store.close()
  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  await pool.end()
})

test('behavior: a schema may have any name', async () => {
  schema = `Bob's "books" ${schema}`
  const [store, other] = [open(), open()]
  const { promise, resolve } = deferred<Hex>()
  store.watch(resolve)
  await write(other, 5n)
  expect(await promise).toBe(channelId)
  expect(await read(store)).toEqual(bookOf(channelId, 5n))
})

test('behavior: hears what was written while its connection was broken', async () => {
  const [store, other] = [open(), open()]
  await write(other, 5n)
  let heard = deferred<Hex>()
  store.watch((id) => heard.resolve(id))
  expect(await heard.promise).toBe(channelId)
  const later: Hex = `0x${'22'.repeat(32)}`
  const news = deferred<void>()
  heard = deferred<Hex>()
  store.watch((id) => {
    if (id === later) news.resolve()
  })
  const listening = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE query IN ('SELECT now()::text AS time', 'LISTEN "${schema}"') AND pid <> pg_backend_pid()`
  await query(listening)
  await write(other, 6n, later)
  await news.promise
})

test('behavior: a broken connection between two changes goes unnoticed', async () => {
  const store = open()
  await write(store, 5n)
  await query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE query LIKE '%${schema}%' AND pid <> pg_backend_pid()`)
  await write(store, 6n)
  expect((await read(store))?.deposit).toBe(6n)
})

test('behavior: amounts can be looked at in SQL', async () => {
  await write(open(), 2n ** 100n)
  const rows = await query(`SELECT book -> 'ledger' ->> 'deposit' AS deposit FROM "${schema}".ledgers`)
  expect(rows).toEqual([{ deposit: `${2n ** 100n}` }])
})

test('behavior: answers that expired make room', async () => {
  let now = 1_000
  const store = open({ now: () => now })
  await write(store, 5n)
  const keep = (requestId: string) =>
    store.transact(channelId, (ledger) => ({
      answer: answerOf(requestId, { expiresAt: now + 500 }),
      ledger,
      result: undefined,
    }))
  await keep('a')
  now = 2_000
  await keep('b')
  expect(await query(`SELECT request_id FROM "${schema}".answers`)).toEqual([{ request_id: 'b' }])
})

test('behavior: an answer that cannot be kept concerns nobody else', async () => {
  const store = open()
  await write(store, 5n)
  const keep = (requestId: string) =>
    store.transact(channelId, (ledger) => ({ answer: answerOf(requestId), ledger, result: requestId }))
  // PostgreSQL keeps no text with a zero character.
  const attempts = await Promise.allSettled([keep('a'), keep('b\0'), keep('c')])
  expect(attempts.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(await store.findAnswer(channelId, 'c', 1)).toBeDefined()
})

test('error: StoreCorruptError', async () => {
  const store = open()
  await write(store, 5n)
  await query(`UPDATE "${schema}".ledgers
    SET book = replace(book::text, '"deposit":"5"', '"deposit":"5x"')::json`)
  await expect(read(store)).rejects.toEqual(expect.objectContaining({ channelId, field: 'ledger.deposit' }))
  await expect(listAll(store)).rejects.toBeInstanceOf(StoreCorruptError)
})

test('error: StoreFailedError', async () => {
  const store = createPostgresStore({ connectionString: 'postgres://postgres@127.0.0.1:1/postgres', schema })
  opened.push(store)
  await expect(read(store)).rejects.toBeInstanceOf(StoreFailedError)
  await expect(store.findAnswer(channelId, 'a', 1)).rejects.toEqual(
    expect.objectContaining({ maybeWritten: false }),
  )
})

test('error: StoreVersionError', async () => {
  await open().migrate()
  await query(`UPDATE "${schema}".layout SET version = 7`)
  await expect(read(open())).rejects.toBeInstanceOf(StoreVersionError)
})
