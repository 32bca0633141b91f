import fc from 'fast-check'
import {
  createClient,
  custom,
  decodeEventLog,
  encodeAbiParameters,
  encodeEventTopics,
  getAddress,
  type Hex,
  toHex,
} from 'viem'
import { getBlockNumber } from 'viem/actions'
import { anvil } from 'viem/chains'
import { expect, test } from 'vitest'
import { alice, bob, carol, client, deployment, isolate } from '~test/anvil.js'

import { aiTokenAbi } from '../generated/aiToken.js'
import { approvalEvent } from '../token/approvalEvent.js'
import { approve } from '../token/approve.js'
import { getApprovals } from '../token/getApprovals.js'
import { getTransfers } from '../token/getTransfers.js'
import { streamTransfers } from '../token/streamTransfers.js'
import { transfer } from '../token/transfer.js'
import { transferEvent } from '../token/transferEvent.js'
import { watchTransfers } from '../token/watchTransfers.js'
import { createLogDecoder } from './decodeLog.js'
import { HistoryUnavailableError } from './errors.js'
import type { HistoryProgress } from './streamLogs.js'

const token = deployment.aiToken
const address = fc.uint8Array({ maxLength: 20, minLength: 20 }).map((bytes) => getAddress(toHex(bytes)))
const amount = fc.bigInt({ max: 2n ** 256n - 1n, min: 0n })

isolate()

/** The same chain, behind a node that answers only for so many blocks, or so many logs, at once. */
function limited(limits: { blocks?: number; logs?: number }) {
  const ranges: number[] = []
  const reader = createClient({
    chain: anvil,
    transport: custom(
      {
        request: async (request) => {
          const answer: unknown = await client.request(request)
          if (request.method !== 'eth_getLogs') return answer
          const [{ fromBlock, toBlock }] = request.params
          const blocks = Number(toBlock) - Number(fromBlock) + 1
          ranges.push(blocks)
          if (
            blocks > (limits.blocks ?? Number.POSITIVE_INFINITY) ||
            (Array.isArray(answer) && answer.length > (limits.logs ?? 1e9))
          )
            throw Object.assign(new Error('too much'), { code: -32602 })
          return answer
        },
      },
      { retryCount: 0 },
    ),
  })
  return { ranges, reader }
}

async function fill(): Promise<bigint> {
  const start = await client.getBlockNumber()
  for (let amount = 1n; amount <= 20n; amount++) {
    const to = amount % 2n ? bob.address : carol.address
    await client.waitForTransactionReceipt({ hash: await transfer(client, { amount, to, token }) })
  }
  return start + 1n
}

test('default', async () => {
  const fromBlock = await fill()
  const transfers = await getTransfers(client, { fromBlock, token })

  expect(transfers.map(({ amount }) => amount)).toEqual(
    Array.from({ length: 20 }, (_, index) => BigInt(index + 1)),
  )
  expect(transfers[0]).toMatchObject({
    blockNumber: fromBlock,
    from: alice.address,
    logIndex: 0,
    to: bob.address,
  })
})

test('behavior: filters, and the mint of the first supply', async () => {
  const fromBlock = await fill()
  expect(await getTransfers(client, { fromBlock, to: carol.address, token })).toHaveLength(10)
  expect(await getTransfers(client, { from: bob.address, fromBlock, token })).toHaveLength(0)
  expect(
    await getTransfers(client, { from: '0x0000000000000000000000000000000000000000', token }),
  ).toMatchObject([{ amount: 10n ** 27n, to: alice.address }])
})

test('behavior: chunks in order, with progress', async () => {
  const fromBlock = await fill()
  const progress: HistoryProgress[] = []
  const found: bigint[] = []
  const range = {
    chunkSize: 3n,
    fromBlock,
    onProgress: (step: HistoryProgress) => progress.push(step),
    token,
  }
  for await (const chunk of streamTransfers(client, range)) found.push(...chunk.map(({ amount }) => amount))

  expect(found).toEqual(Array.from({ length: 20 }, (_, index) => BigInt(index + 1)))
  expect(progress.at(-1)).toMatchObject({
    events: 20,
    fromBlock,
    readTo: fromBlock + 19n,
    toBlock: fromBlock + 19n,
  })
  expect(progress.length).toBeGreaterThan(2)
})

test('behavior: a node that refuses long ranges is asked for shorter ones', async () => {
  const fromBlock = await fill()
  for (const limits of [{ blocks: 3 }, { blocks: 1 }, { logs: 2 }]) {
    const { ranges, reader } = limited(limits)
    const transfers = await getTransfers(reader, { fromBlock, token })
    expect(transfers.map(({ amount }) => amount)).toEqual(
      Array.from({ length: 20 }, (_, index) => BigInt(index + 1)),
    )
    expect(ranges.length).toBeLessThan(60)
  }
})

test('behavior: stopping early asks no more', async () => {
  const fromBlock = await fill()
  const { ranges, reader } = limited({})
  for await (const chunk of streamTransfers(reader, { chunkSize: 1n, fromBlock, token }))
    if (chunk.length > 0) break
  expect(ranges.length).toBeLessThan(10)
})

test('behavior: approvals', async () => {
  const fromBlock = (await client.getBlockNumber()) + 1n
  await client.waitForTransactionReceipt({
    hash: await approve(client, { amount: 7n, spender: bob.address, token }),
  })
  expect(await getApprovals(client, { fromBlock, spender: bob.address, token })).toMatchObject([
    { amount: 7n, owner: alice.address, spender: bob.address },
  ])
})

test('behavior: transfers are watched as they happen', async () => {
  const seen = new Promise((resolve, reject) => {
    const unwatch = watchTransfers(client, {
      onError: reject,
      onTransfers: (transfers) => {
        unwatch()
        resolve(transfers)
      },
      to: bob.address,
      token,
    })
  })
  // Watching starts from the block that is the latest when it first asks.
  await client.waitForTransactionReceipt({
    hash: await transfer(client, { amount: 1n, to: carol.address, token }),
  })
  const hash = await transfer(client, { amount: 3n, to: bob.address, token })
  expect(await seen).toMatchObject([
    { amount: 3n, from: alice.address, to: bob.address, transactionHash: hash },
  ])
})

test('error: HistoryUnavailableError', async () => {
  const { ranges, reader } = limited({ blocks: 0 })
  await expect(getTransfers(reader, { token })).rejects.toBeInstanceOf(HistoryUnavailableError)
  expect(ranges.length).toBeLessThan(60)
})

test('property: decodes as viem does', () => {
  fc.assert(
    fc.property(address, address, amount, (from, to, value) => {
      for (const event of [transferEvent, approvalEvent]) {
        const args = event === transferEvent ? { from, to } : { owner: from, spender: to }
        const topics = encodeEventTopics({ abi: aiTokenAbi, args, eventName: event.name })
        const data = encodeAbiParameters([{ type: 'uint256' }], [value])
        const log = { data, topics: topics as [Hex, ...Hex[]] }
        expect(createLogDecoder(event)(log)).toEqual(decodeEventLog({ abi: aiTokenAbi, ...log }).args)
      }
    }),
  )
})

test('behavior: events with more than words are decoded too', () => {
  const limit = [
    { name: 'capacity', type: 'uint208' },
    { name: 'window', type: 'uint48' },
  ] as const
  const limits = [
    { components: limit, name: 'inbound', type: 'tuple' },
    { components: limit, name: 'outbound', type: 'tuple' },
  ] as const
  const set = { components: limits, name: 'limits', type: 'tuple' } as const
  const event = {
    inputs: [
      { indexed: true, name: 'bridge', type: 'address' },
      { ...set, indexed: false },
    ],
    name: 'BridgeLimitsSet',
    type: 'event',
  } as const
  const value = { inbound: { capacity: 1n, window: 2 }, outbound: { capacity: 3n, window: 4 } }
  const topics = encodeEventTopics({ abi: [event], args: { bridge: bob.address } }) as [Hex, ...Hex[]]
  const log = { data: encodeAbiParameters([set], [value]), topics }

  expect(createLogDecoder(event)(log)).toEqual({ bridge: bob.address, limits: value })
  expect(decodeEventLog({ abi: aiTokenAbi, ...log }).args).toEqual({ bridge: bob.address, limits: value })
})

test('behavior: what just happened is in it, whatever block the client remembers', async () => {
  const forgetful = createClient({
    cacheTime: 60_000,
    chain: anvil,
    transport: custom({ request: client.request }),
  })
  const fromBlock = (await getBlockNumber(forgetful)) + 1n
  await client.waitForTransactionReceipt({
    hash: await transfer(client, { amount: 1n, to: bob.address, token }),
  })
  expect(await getTransfers(forgetful, { fromBlock, token })).toHaveLength(1)
})
