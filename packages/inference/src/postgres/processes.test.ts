import type { LedgerStore } from '@aitoken/inference'
import { createPostgresStore } from '@aitoken/inference/postgres'
import { afterEach } from 'vitest'
import { databaseUrl, freshSchema } from '~test/database.js'
import { testProcesses } from '~test/storeProcesses.js'

const opened: LedgerStore[] = []
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
})

testProcesses(async () => {
  const database = { connectionString: await databaseUrl(), schema: freshSchema() }
  const open = () => {
    const store = createPostgresStore(database)
    opened.push(store)
    return store
  }
  return { database, open }
})
