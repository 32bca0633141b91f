import { createLedger, loadEngine } from '@aitoken/inference'
import { createPostgresStore } from '@aitoken/inference/postgres'
import { createMemoryStore, type LedgerStore } from '@aitoken/inference/provider'
import { createSqliteStore } from '@aitoken/inference/sqlite'
import type { Address } from 'viem'

import { bob } from '../../../test/accounts.ts'
import { deposit, imaginedChannel } from '../payments/imaginedChannel.ts'

/** Where a server keeps its books, and how many there are when it begins. */
export type Books = { postgres?: string; seeded?: number; sqlite?: string }

/** Opens a store, and begins the books of so many channels in it. */
export async function openBooks(
  parameters: Books & { aiToken: Address; paymentChannels: Address },
): Promise<LedgerStore> {
  const { aiToken, paymentChannels, postgres, seeded = 0, sqlite } = parameters
  const store = openStore({ postgres, sqlite })
  const engine = await loadEngine()
  for (let index = 0; index < seeded; index++) {
    const { channel, channelId } = imaginedChannel(index, { aiToken, engine, paymentChannels })
    const ledger = createLedger({
      channel,
      channelId,
      credit: 0n,
      margin: 0n,
      signer: bob.address,
      state: { closeAt: 0, closed: false, deposit, settled: 0n },
      syncedAt: Date.now(),
    })
    await store.transact(channelId, () => ({ ledger, result: undefined }))
  }
  return store
}

/** Opens the store that is named, or one in memory. */
export function openStore({
  postgres,
  sqlite,
}: {
  postgres?: string | undefined
  sqlite?: string | undefined
}) {
  if (postgres) return createPostgresStore({ connectionString: postgres })
  return sqlite ? createSqliteStore({ path: sqlite }) : createMemoryStore()
}
