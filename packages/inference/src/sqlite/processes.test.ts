import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LedgerStore } from '@aitoken/inference'
import { createSqliteStore } from '@aitoken/inference/sqlite'
import { afterEach } from 'vitest'
import { testProcesses } from '~test/storeProcesses.js'

const folders: string[] = []
const opened: LedgerStore[] = []
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

testProcesses(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aitoken-sqlite-'))
  folders.push(folder)
  const database = { path: join(folder, 'books.db') }
  const open = () => {
    const store = createSqliteStore(database)
    opened.push(store)
    return store
  }
  return { database, open }
})
