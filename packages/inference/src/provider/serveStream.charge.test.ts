import { afterEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { ask, openShop, prices } from '~test/market.js'
import { openPayer } from '~test/payer.js'
import type { Ledger } from '../ledger/ledger.js'
import { createMemoryStore } from '../store/createMemoryStore.js'
import { StoreFailedError } from '../store/errors.js'
import type { LedgerStore } from '../store/store.js'
import type { Upstream } from '../upstream/upstream.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A model that says so many words, one after the other. */
function wordy(count: number, cancel: () => Promise<void> | void = () => undefined): Upstream {
  return {
    async fetch() {
      let at = 0
      const usage = { completion_tokens: count, prompt_tokens: 3, total_tokens: count + 3 }
      const body = new ReadableStream<Uint8Array>(
        {
          cancel,
          pull(controller) {
            at++
            const choices = [{ finish_reason: at < count ? null : 'stop', index: 0, text: 'word ' }]
            const event = at <= count ? { choices } : { choices: [], usage }
            controller.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(event)}\n\n`))
            if (at > count) controller.close()
          },
        },
        { highWaterMark: 0 },
      )
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    },
  }
}

/** A store whose next charges are not written, so many times. */
function stumbling(failures: number): LedgerStore & { left(): number } {
  const store = createMemoryStore()
  let left = failures
  return {
    ...store,
    left: () => left,
    transact: (channelId, change) =>
      store.transact(channelId, (held) => {
        const next = change(held)
        if (left === 0 || !held || !next.ledger || next.ledger.spent === held.spent) return next
        left--
        throw new StoreFailedError({ action: 'write', cause: undefined, maybeWritten: false })
      }),
  }
}

async function open(options: Partial<Parameters<typeof openShop>[0]> & { store?: LedgerStore }) {
  const store = options.store ?? createMemoryStore()
  const shop = await openShop({ ...options, store })
  closing.push(() => shop.close())
  const payer = await openPayer(shop.provider)
  const book = (): Promise<Ledger | undefined> =>
    store.transact(payer.channelId, (ledger) => ({ ledger, result: ledger }))
  const buy = async (amount: bigint, request: Record<string, unknown>) => {
    const init = ask({ prompt: 'Hi', stream: true, ...request })
    const headers = { ...init.headers, 'ai-payment': await payer.pay(amount) }
    return shop.provider.fetch(new Request(`${shop.url}/v1/completions`, { ...init, headers }))
  }
  return { book, buy, payer, shop }
}

test('behavior: a write that fails once gives no stream away', async () => {
  const store = stumbling(1)
  const { book, buy } = await open({ store, upstream: wordy(200) })
  const text = await (await buy(10n ** 12n, { max_tokens: 200 })).text()
  expect(text.match(/word /g)).toHaveLength(200)
  expect(store.left()).toBe(0)
  const cost = (3n * prices.input + 200n * prices.output) / 1_000_000n + prices.request
  expect(await book()).toMatchObject({ reserved: [], spent: cost })
})

test('behavior: what cannot be charged stays reserved, and is swept as delivered', async () => {
  let ahead = 0
  const options = { now: () => Date.now() + ahead, reservationTtl: 60_000 }
  const { book, buy, shop } = await open({ ...options, store: stumbling(4), upstream: wordy(200) })
  await expect((await buy(10n ** 12n, { max_tokens: 200 })).text()).rejects.toThrow(StoreFailedError)
  const [held] = (await book())?.reserved ?? []
  const least = (100n * prices.output) / 1_000_000n
  expect(held?.delivered).toBeGreaterThan(least)
  expect(shop.failures).not.toEqual([])
  ahead = 120_000
  await (await buy(10n ** 12n + 1n, { max_tokens: 1 })).text()
  expect(await book()).toMatchObject({ reserved: [] })
  expect((await book())?.spent).toBeGreaterThanOrEqual(held?.delivered ?? 0n)
})

test('behavior: a server that cannot be stopped keeps nobody from being charged', async () => {
  const { book, buy } = await open({ upstream: wordy(200, () => new Promise(() => undefined)) })
  const reader = (await buy(10n ** 12n, { max_tokens: 200 })).body?.getReader()
  for (let chunks = 0; chunks < 10; chunks++) await reader?.read()
  await reader?.cancel()
  const least = (10n * prices.output) / 1_000_000n
  const { reserved, spent } = (await book()) ?? {}
  expect(reserved).toEqual([])
  expect(spent).toBeGreaterThan(least)
})

test('behavior: vouchers that are worth nothing do not keep a paused stream', async () => {
  const pauseTimeout = 600
  const { book, buy, payer, shop } = await open({
    pauseTimeout,
    streamWindow: 16,
    upstream: wordy(200),
  })
  // What the first window costs, and nothing more.
  const body = BigInt(String(ask({ max_tokens: 200, prompt: 'Hi', stream: true }).body).length)
  let amount = (body * prices.input + 16n * prices.output + 999_999n) / 1_000_000n + prices.request
  const response = await buy(amount, { max_tokens: 200 })
  let running = true
  const text = response.text().finally(() => {
    running = false
  })
  const began = performance.now()
  while (running && performance.now() - began < 10 * pauseTimeout) {
    amount += 1n
    const headers = { 'ai-payment': await payer.pay(amount) }
    const url = `${shop.url}/v1/channels/${payer.channelId}/vouchers`
    await (await fetch(url, { headers, method: 'POST' })).text()
  }
  expect(performance.now() - began).toBeLessThan(5 * pauseTimeout)
  expect(await text).toContain('end=unpaid')
  expect((await book())?.reserved).toEqual([])
})
