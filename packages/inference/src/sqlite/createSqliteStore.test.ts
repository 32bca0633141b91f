import { statSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { LedgerStore } from '@aitoken/inference'
import {
  createSqliteStore,
  StoreCorruptError,
  StoreFailedError,
  StoreRuntimeError,
  StoreVersionError,
} from '@aitoken/inference/sqlite'
import type { Hex } from 'viem'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { answerOf, bookOf, testStore } from '~test/storeConformance.js'

const channelId: Hex = `0x${'11'.repeat(32)}`
const opened: LedgerStore[] = []
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aitoken-sqlite-'))
})
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
  await rm(folder, { recursive: true })
})

const path = () => join(folder, 'books.db')

function open(now = Date.now): LedgerStore {
  const store = createSqliteStore({ now, path: path() })
  opened.push(store)
  return store
}

const write = (store: LedgerStore, credit: bigint) =>
  store.transact(channelId, () => ({ ledger: bookOf(channelId, credit), result: undefined }))
const read = (store: LedgerStore) => store.transact(channelId, (ledger) => ({ ledger, result: ledger }))

testStore(async () => ({ reopen: async () => open(), store: open() }))

test('behavior: a file keeps the books, and only its owner reads it', async () => {
  const store = open()
  await write(store, 5n)
  await store.close()
  expect(await read(open())).toEqual(bookOf(channelId, 5n))
  expect(statSync(path()).mode & 0o777).toBe(0o600)
})

test('behavior: sees what somebody else wrote between two of its own changes', async () => {
  const [store, other] = [open(), open()]
  await write(store, 5n)
  await write(other, 6n)
  expect((await read(store))?.deposit).toBe(6n)
  await write(store, 7n)
  expect((await read(other))?.deposit).toBe(7n)
})

test('behavior: amounts can be looked at with any SQLite tool', async () => {
  await write(open(), 2n ** 100n)
  const database = new DatabaseSync(path(), { readOnly: true })
  const row = database.prepare('SELECT authorized, deposit, settled, spent, status FROM ledgers').get()
  database.close()
  const amount = `${2n ** 100n}`
  expect({ ...row }).toEqual({
    authorized: amount,
    deposit: amount,
    settled: '0',
    spent: '0',
    status: 'open',
  })
})

test('behavior: answers that expired make room', async () => {
  let now = 1_000
  const store = open(() => now)
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
  const database = new DatabaseSync(path(), { readOnly: true })
  const rows = database.prepare('SELECT request_id FROM answers').all()
  database.close()
  expect(rows.map((row) => ({ ...row }))).toEqual([{ request_id: 'b' }])
})

test('error: StoreCorruptError', async () => {
  const store = open()
  await write(store, 5n)
  const database = new DatabaseSync(path())
  database.exec(`UPDATE ledgers SET book = replace(book, '"deposit":"5"', '"deposit":"5x"')`)
  database.close()
  const broken = read(store)
  // Another channel's change in the same write is not concerned.
  const other: Hex = `0x${'22'.repeat(32)}`
  const fine = store.transact(other, () => ({ ledger: bookOf(other), result: 'written' }))
  await expect(broken).rejects.toEqual(expect.objectContaining({ channelId, field: 'ledger.deposit' }))
  await expect(broken).rejects.toBeInstanceOf(StoreCorruptError)
  expect(await fine).toBe('written')
})

test('error: StoreFailedError', async () => {
  writeFileSync(path(), 'This is no database, but a text that Mallory wrote into its place. '.repeat(20))
  expect(() => open()).toThrow(StoreFailedError)
})

test('error: StoreRuntimeError', () => {
  for (const version of ['20.19.0', '22.15.1']) {
    vi.stubGlobal('process', { version: `v${version}`, versions: { node: version } })
    const opening = () => createSqliteStore({ path: path() })
    try {
      expect(opening).toThrow(expect.objectContaining({ runtime: `Node v${version}` }))
      expect(opening).toThrow(StoreRuntimeError)
    } finally {
      vi.unstubAllGlobals()
    }
  }
})

test('error: StoreVersionError', async () => {
  await open().close()
  const database = new DatabaseSync(path())
  database.exec('PRAGMA user_version = 7')
  database.close()
  expect(() => open()).toThrow(StoreVersionError)
})
