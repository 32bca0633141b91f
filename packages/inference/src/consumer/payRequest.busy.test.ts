import { type Fetch, type LedgerStore, StoreFailedError } from '@aitoken/inference'
import { afterEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { ask, hireBob, openShop, shakespeare } from '~test/market.js'

import { createMemoryStore } from '../store/createMemoryStore.js'
import { encodeProblem } from '../wire/problemDocument.js'
import { BooksUnavailableError, ProviderDrainingError } from '../wire/serviceErrors.js'
import type { Lane } from './lanes.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

type Wait = { attempt: number; least: number }

/** Carol with a store that can fail, and Bob, who notes when he waits and how he is sent elsewhere. */
async function openOffice({ lane = 'voucher', retries = 2 }: { lane?: Lane; retries?: number } = {}) {
  const model = await shakespeare()
  const memory = createMemoryStore()
  const office = { asked: 0, keys: new Set<string | null>(), waits: [] as Wait[] }
  /** What becomes of the next writes; those after succeed. */
  const faults: ('lost' | 'pass' | 'unwritten')[] = []
  const store: LedgerStore = {
    ...memory,
    async transact(channelId, fn) {
      const fault = faults.shift() ?? 'pass'
      const failure = new StoreFailedError({ action: 'write', cause: 'disk', maybeWritten: fault === 'lost' })
      if (fault === 'unwritten') throw failure
      const result = await memory.transact(channelId, fn)
      if (fault === 'lost') throw failure
      return result
    },
  }
  const shop = await openShop({
    creditWindow: 0n,
    store,
    upstream: {
      ...model,
      async fetch(path, request) {
        office.asked++
        return model.fetch(path, request)
      },
    },
  })
  closing.push(() => shop.close())
  /** What answers the next paid posts instead of Carol. */
  const detours: Fetch[] = []
  const consumer = await hireBob({
    async backoff(attempt, least) {
      office.waits.push({ attempt, least })
    },
    fetch(input, init) {
      const headers = new Headers(init?.headers)
      if (init?.method !== 'POST' || !headers.has('ai-payment')) return fetch(input, init)
      if (`${input}`.endsWith('completions')) office.keys.add(headers.get('idempotency-key'))
      return (detours.shift() ?? fetch)(input, init)
    },
    lane,
    retries,
  })
  const buy = (options = {}) => consumer.fetch(`${shop.url}/v1/completions`, ask(options))
  const expectPaidOnce = async () => {
    expect(office.keys.size).toBe(1)
    const [bill, ...more] = consumer.receipts()
    expect(more).toEqual([])
    const { disputed, spent } = await consumer.close(shop.url)
    expect({ disputed, spent }).toEqual({ disputed: 0n, spent: bill?.receipt.cost })
  }
  return { buy, consumer, detours, expectPaidOnce, faults, office, shop }
}

/** Nothing listens there. */
const refuse: Fetch = (_, init) => fetch('http://127.0.0.1:1/v1/completions', init)

/** A gateway that is about to stop. */
const drain: Fetch = async () => {
  const { body, status } = encodeProblem(new ProviderDrainingError())
  return new Response(body, {
    headers: { 'content-type': 'application/problem+json', 'retry-after': '3' },
    status,
  })
}

/** What stands before the gateways, when none of them is there. */
const apologize: Fetch = async () =>
  new Response('<h1>Back soon</h1>', { headers: { 'retry-after': '3600' }, status: 503 })

test.each(['voucher', 'hash-chain', 'session'] as const)('default, paid by %s', async (lane) => {
  const { buy, detours, expectPaidOnce, office, shop } = await openOffice({ lane, retries: 3 })
  detours.push(refuse, drain, apologize)
  const stream = await buy({ stream: true })
  expect(await stream.text()).toContain('[DONE]')
  const leasts = office.waits.map(({ least }) => least)
  expect(leasts.sort()).toEqual([0, 3_000, 5_000])
  expect(office.asked).toBe(1)
  await expectPaidOnce()
  expect(shop.failures).toEqual([])
})

test('behavior: vouchers beside a stream are sent again as well', async () => {
  const { buy, detours, expectPaidOnce, office } = await openOffice()
  const stream = await buy({ max_tokens: 400, stream: true })
  detours.push(refuse, drain)
  expect(await stream.text()).toContain('[DONE]')
  expect(office.waits).toEqual([
    { attempt: 1, least: 0 },
    { attempt: 2, least: 3_000 },
  ])
  await expectPaidOnce()
})

test('error: ProviderDrainingError when nobody takes over, and nothing stays promised for it', async () => {
  const { buy, consumer, detours, office, shop } = await openOffice()
  detours.push(drain, drain, drain)
  await expect(buy()).rejects.toBeInstanceOf(ProviderDrainingError)
  expect(office.waits.map(({ attempt }) => attempt)).toEqual([1, 2])
  expect(await consumer.close(shop.url)).toMatchObject({ disputed: 0n, spent: 0n })
})

test('behavior: an answer of 503 that says nothing more comes back as it is', async () => {
  const { buy, detours, office } = await openOffice()
  detours.push(async () => new Response('down', { status: 503 }))
  expect((await buy()).status).toBe(503)
  expect(office.waits).toEqual([])
})

test('behavior: who gives up does not wait until the provider is back', async () => {
  const abort = new AbortController()
  const shop = await openShop()
  closing.push(() => shop.close())
  const consumer = await hireBob({
    backoff: () => {
      abort.abort()
      return new Promise(() => undefined)
    },
    fetch: (input, init) => (init?.method === 'POST' ? drain(input) : fetch(input, init)),
  })
  const request = { ...ask(), signal: abort.signal }
  await expect(consumer.fetch(`${shop.url}/v1/completions`, request)).rejects.toThrow('aborted')
})

test.each([
  { at: 0, fault: 'unwritten' },
  { at: 0, fault: 'lost' },
  { at: 1, fault: 'unwritten' },
  { at: 1, fault: 'lost' },
] as const)('behavior: a store that fails at write $at, $fault, costs a moment', async ({ at, fault }) => {
  const { buy, consumer, faults, office, shop } = await openOffice()
  // Carol meets the channel before her disk fails.
  await (await buy({ seed: 2 })).text()
  office.keys.clear()
  faults.push(...Array.from({ length: at }, () => 'pass' as const), fault)
  const response = await buy()
  expect(response.status).toBe(200)
  expect(faults).toEqual([])
  expect(shop.failures).toEqual([expect.any(StoreFailedError)])
  // A charge that was not written is written again at once.
  const asked = at === 1 && fault === 'unwritten' ? [] : [{ attempt: 1, least: 5_000 }]
  expect(office.waits).toEqual(asked)
  expect(office.keys.size).toBe(1)
  const costs = consumer.receipts().map(({ receipt }) => receipt.cost)
  expect(costs).toHaveLength(2)
  const { disputed, spent } = await consumer.close(shop.url)
  expect({ disputed, spent }).toEqual({ disputed: 0n, spent: costs.reduce((sum, cost) => sum + cost, 0n) })
})

test('error: BooksUnavailableError when the store does not come back', async () => {
  const { buy, faults, office, shop } = await openOffice()
  faults.push(...Array.from({ length: 50 }, () => 'unwritten' as const))
  await expect(buy()).rejects.toBeInstanceOf(BooksUnavailableError)
  expect(office.waits).toEqual([
    { attempt: 1, least: 5_000 },
    { attempt: 2, least: 5_000 },
  ])
  expect(shop.failures).toHaveLength(3)
  for (const failure of shop.failures) expect(failure).toBeInstanceOf(StoreFailedError)
})
