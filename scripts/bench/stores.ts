import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commit, createLedger, loadEngine, reserve } from '@aitoken/inference'
import type { LedgerStore } from '@aitoken/inference/provider'
import type { Address, Hex } from 'viem'

import { startChain } from '../../examples/chain/startChain.ts'
import { bob } from '../../test/accounts.ts'
import { startPostgres } from '../../test/postgres.ts'
import { freeLane } from './contenders/contender.ts'
import { createConnections } from './load/createConnections.ts'
import { median } from './load/median.ts'
import { type Lane, runLoad } from './load/runLoad.ts'
import { imaginedChannel } from './payments/imaginedChannel.ts'
import { createOpener } from './payments/openChannels.ts'
import { createVoucherPayer } from './payments/payVouchers.ts'
import { openStore } from './servers/openBooks.ts'
import { type MeasuredServer, startServer } from './servers/startServer.ts'

/** Connections at a time, each with a channel of its own. */
const connections = 32

const rounds = 3

type Opened = { postgres?: string; sqlite?: string }

/**
 * What it costs that books outlive the process: transactions per second of each store, all channels at once and one
 * after the other, and what each adds to a paid request of a gateway beside the store in memory.
 */
export async function benchStores() {
  const folder = await mkdtemp(join(tmpdir(), 'aitoken-bench-'))
  const postgres = await startPostgres()
  try {
    const named: Record<string, (use: string) => Opened> = {
      memory: () => ({}),
      postgres: () => ({ postgres: postgres.url }),
      sqlite: (use) => ({ sqlite: join(folder, `${use}.db`) }),
    }
    const transactionsPerSecond: Record<string, number> = {}
    for (const [name, open] of Object.entries(named))
      for (const [channels, label] of [
        [1, 'OneChannel'],
        [connections, `${connections}Channels`],
      ] as const) {
        const store = openStore(open(label))
        transactionsPerSecond[`${name}${label}`] = await drive(store, channels, name === 'memory' ? 20 : 1)
        await store.close()
      }
    return { ...(await serve(named)), transactionsPerSecond }
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true })
  }
}

/** Reserves and charges as a gateway does for each request, and counts the transactions. */
async function drive(store: LedgerStore, channels: number, times: number): Promise<number> {
  const engine = await loadEngine()
  const aiToken: Address = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
  const ids: Hex[] = []
  for (let index = 0; index < channels; index++) {
    const { channel, channelId } = imaginedChannel(index, { aiToken, engine, paymentChannels: aiToken })
    const settled = 10n ** 15n
    const ledger = createLedger({
      channel,
      channelId,
      credit: 0n,
      margin: 0n,
      signer: bob.address,
      state: { closeAt: 0, closed: false, deposit: 10n ** 18n, settled },
      syncedAt: Date.now(),
    })
    // Credit that a voucher would have given.
    const funded = { ...ledger, authorized: 10n ** 18n }
    await store.transact(channelId, () => ({ ledger: funded, result: undefined }))
    ids.push(channelId)
  }
  const each = Math.ceil((100 * times) / Math.sqrt(channels))
  const start = performance.now()
  await Promise.all(
    ids.map(async (channelId) => {
      for (let request = 0; request < each; request++) {
        const requestId = `${channelId}-${request}`
        await store.transact(channelId, (ledger) => {
          if (!ledger) throw new Error('The book is lost.')
          const writtenAt = Date.now()
          return { ledger: reserve(ledger, { amount: 100n, requestId, writtenAt }), result: undefined }
        })
        await store.transact(channelId, (ledger) => {
          if (!ledger) throw new Error('The book is lost.')
          const next = commit(ledger, { cost: 33n, requestId, statement: undefined })
          return { ledger: next, result: undefined }
        })
      }
    }),
  )
  const seconds = (performance.now() - start) / 1000
  return (2 * each * channels) / seconds
}

/** Runs a gateway on each store. */
async function serve(named: Readonly<Record<string, (use: string) => Opened>>) {
  const chain = await startChain()
  const servers: MeasuredServer<{ priceTag: Hex }>[] = []
  const pool = createConnections()
  try {
    const { rpcUrl } = chain
    const { contracts, open } = await createOpener(rpcUrl)
    const { aiToken, paymentChannels } = contracts
    const wallets = await open(connections)
    const lanes: { lane: Lane; name: string; server: MeasuredServer<unknown> }[] = []
    for (const [name, openOn] of Object.entries(named)) {
      const books = openOn('gateway')
      const options = { aiToken, books, paymentChannels, rpcUrl }
      const server = await startServer<{ priceTag: Hex }>('aitoken.ts', options)
      servers.push(server)
      const { priceTag } = server.hello
      // The same channels, each of which every one of the gateways knows for itself.
      const own = wallets.map((wallet) => ({ ...wallet }))
      const pay = createVoucherPayer(own, { priceTag, unreceipted: true })
      const { body } = freeLane()
      lanes.push({ lane: { body, expected: 200, path: '/v1/completions', pay }, name, server })
    }
    const micros: Record<string, number[]> = {}
    const perSecond: Record<string, number[]> = {}
    for (let round = -1; round < rounds; round++)
      for (const { lane, name, server } of lanes) {
        const at = await pool.to(server.hello.port, connections)
        const paid = await runLoad(server, { connections: at, count: 320, lane })
        const unpaid = await runLoad(server, { connections: at, count: 320, lane: freeLane() })
        if (round < 0) continue
        micros[name] = [...(micros[name] ?? []), paid.micros - unpaid.micros]
        perSecond[name] = [...(perSecond[name] ?? []), paid.perSecond]
      }
    return {
      /** Processor time that payment adds to a request, without a receipt. */
      addedMicros: mediansOf(micros),
      requestsPerSecond: mediansOf(perSecond),
    }
  } finally {
    pool.close()
    await Promise.all(servers.map((server) => server.stop()))
    await chain.stop()
  }
}

function mediansOf(samples: Readonly<Record<string, readonly number[]>>): Record<string, number> {
  return Object.fromEntries(Object.entries(samples).map(([name, values]) => [name, median(values)]))
}
