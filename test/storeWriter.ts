// A process of its own that writes books as fast as it can, until it is done or killed.
import { commit, type LedgerStore, reserve } from '@aitoken/inference'
import { createPostgresStore } from '@aitoken/inference/postgres'
import { createSqliteStore } from '@aitoken/inference/sqlite'
import type { Hex } from 'viem'

import type { WriterTask } from './storeProcesses.ts'

const { channelId, count, database, name } = JSON.parse(process.argv[2] ?? '') as WriterTask
const store: LedgerStore = 'path' in database ? createSqliteStore(database) : createPostgresStore(database)

/** Charges one base unit, in two steps as a request does. */
async function charge(id: Hex, requestId: string): Promise<void> {
  await store.transact(id, (ledger) => {
    if (!ledger) throw new RangeError('The book is gone')
    return { ledger: reserve(ledger, { amount: 1n, requestId, writtenAt: 1 }), result: undefined }
  })
  await store.transact(id, (ledger) => {
    if (!ledger) throw new RangeError('The book is gone')
    return { ledger: commit(ledger, { cost: 1n, requestId, statement: undefined }), result: undefined }
  })
  process.send?.(requestId)
}

process.once('message', async () => {
  const lanes = Array.from({ length: 8 }, async (_, lane) => {
    for (let index = lane; index < count; index += 8) await charge(channelId, `${name}-${index}`)
  })
  await Promise.all(lanes)
  await store.close()
  process.disconnect()
})
process.send?.('ready')
