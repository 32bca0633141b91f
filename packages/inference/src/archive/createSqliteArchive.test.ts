import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { testArchive } from '~test/archiveConformance.js'
import { spawnArchive } from '~test/spawnArchive.js'

import { createSqliteStore } from '../sqlite/createSqliteStore.js'
import { StoreFailedError } from '../store/errors.js'
import type { Archive } from './archive.js'
import { createSqliteArchive } from './createSqliteArchive.js'

let folder = ''
const opened: Pick<Archive, 'close'>[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aitoken-archive-'))
})
afterEach(async () => {
  for (const archive of opened.splice(0)) await archive.close()
  await rm(folder, { recursive: true })
})

const path = () => join(folder, 'consumer.db')
const open = async () => {
  const archive = createSqliteArchive({ path: path() })
  opened.push(archive)
  return archive
}

testArchive(async () => ({ archive: await open(), restart: open, share: open }))

test('behavior: two processes count together, and one that is killed leaves no gap', async () => {
  const counters = [spawnArchive('sqlite', path()), spawnArchive('sqlite', path())]
  await Promise.all(counters.map((counter) => counter.said(20)))
  const lasts = await Promise.all(counters.map((counter) => counter.kill()))
  const archive = await open()
  const count = Number(await archive.transact('count', (text) => ({ result: text, text })))
  expect(count).toBeGreaterThanOrEqual(Math.max(...lasts))
  expect(count).toBeGreaterThanOrEqual(40)
})

test('behavior: shares a file with the books of a provider', async () => {
  const archive = await open()
  const store = createSqliteStore({ path: path() })
  opened.push(store)
  await archive.transact('a', () => ({ result: undefined, text: 'one' }))
  const books: unknown[] = []
  for await (const book of store.list()) books.push(book)
  expect(books).toEqual([])
})

test('error: StoreFailedError', async () => {
  writeFileSync(path(), 'This is no database, but a text that Mallory wrote into its place. '.repeat(20))
  await expect(open()).rejects.toBeInstanceOf(StoreFailedError)
})
