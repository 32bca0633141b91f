import { afterEach, expect, test } from 'vitest'
import { bob, client, deployment, isolate } from '~test/anvil.js'
import { ask, budget, hireBob, openShop, prices, shakespeare } from '~test/market.js'

import { createMemoryArchive } from '../archive/createMemoryArchive.js'
import { getChannel } from '../channel/getChannel.js'
import { GrantInsecureError } from '../grant/errors.js'
import { createMemoryStore } from '../store/createMemoryStore.js'
import { decodePayment } from '../wire/paymentHeader.js'
import type { createConsumer } from './createConsumer.js'
import { BudgetExceededError } from './errors.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function openBar(options: Parameters<typeof openShop>[0] = {}) {
  const store = createMemoryStore()
  const models = [{ id: 'shakespeare', maxOutputTokens: 4096, prices, upstream: await shakespeare() }]
  const shop = await openShop({ models, store, ...options })
  closing.push(() => shop.close())
  const bookOf = (channelId: `0x${string}`) =>
    store.transact(channelId, (ledger) => ({ ledger, result: ledger }))
  return { ...shop, bookOf }
}

/** Bob pays under a session, and counts what he signs and how he pays. */
async function hireRegular(options: Partial<createConsumer.Parameters> = {}) {
  const counts = { codes: 0, signatures: 0, vouchers: 0 }
  const consumer = await hireBob({
    fetch(input, init) {
      const header = new Headers(init?.headers).get('ai-payment')
      if (header !== null) counts['code' in decodePayment(header) ? 'codes' : 'vouchers']++
      return fetch(input, init)
    },
    lane: 'session',
    signer: {
      ...bob,
      signTypedData(parameters) {
        counts.signatures++
        return bob.signTypedData(parameters)
      },
    },
    ...options,
  })
  return { consumer, counts }
}

const settledOf = async (channelId: `0x${string}`) =>
  (await getChannel(client, { channelId, channels: deployment.paymentChannels })).settled

test('default: with a credit window, one voucher covers many requests', async () => {
  const shop = await openBar({ creditWindow: 600_000_000n })
  const { consumer, counts } = await hireRegular()
  for (let index = 0; index < 40; index++)
    await (await consumer.fetch(`${shop.url}/v1/completions`, ask({ seed: index }))).text()
  expect(consumer.receipts()).toHaveLength(40)
  expect(counts.codes).toBe(40)
  // The grant, its voucher, and one whenever the unpaid bills near the window.
  expect(counts.signatures).toBeLessThanOrEqual(5)
  const { billed, channelId } = await consumer.channel(shop.url)
  expect(billed).toBe(consumer.spent())
  // In arrears: nothing is signed for that was not billed.
  expect((await shop.bookOf(channelId))?.vouched).toBeLessThanOrEqual(billed)

  const { disputed, spent } = await consumer.close(shop.url)
  expect([disputed, spent]).toEqual([0n, consumer.spent()])
  expect(await settledOf(channelId)).toBe(spent)
  expect(shop.failures).toEqual([])
})

test('behavior: without a window, vouchers go ahead of the requests', async () => {
  const shop = await openBar()
  const { consumer, counts } = await hireRegular()
  for (let index = 0; index < 30; index++)
    await (await consumer.fetch(`${shop.url}/v1/completions`, ask({ seed: index }))).text()
  expect(counts.codes).toBe(30)
  expect(counts.signatures).toBeLessThanOrEqual(8)
  expect((await consumer.close(shop.url)).spent).toBe(consumer.spent())
})

test('behavior: streams and requests at once share one session', async () => {
  const shop = await openBar({ creditWindow: 100_000_000n, streamWindow: 16 })
  const { consumer } = await hireRegular()
  await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const init = ask({ max_tokens: 20 + 10 * index, seed: index, stream: index % 2 === 0 })
      return (await consumer.fetch(`${shop.url}/v1/completions`, init)).text()
    }),
  )
  expect(consumer.receipts()).toHaveLength(20)
  const { channelId } = await consumer.channel(shop.url)
  const { spent } = await consumer.close(shop.url)
  expect(spent).toBe(consumer.receipts().reduce((sum, { receipt }) => sum + receipt.cost, 0n))
  expect(await settledOf(channelId)).toBe(spent)
  expect(shop.failures).toEqual([])
})

test('behavior: a session that ended is followed by another', async () => {
  let time = Date.now()
  const now = () => time
  const shop = await openBar({ now })
  const { consumer } = await hireRegular({ now })
  const buy = async () => {
    await (await consumer.fetch(`${shop.url}/v1/completions`, ask())).text()
    const { channelId } = await consumer.channel(shop.url)
    return (await shop.bookOf(channelId))?.grants.map(({ key }) => key)
  }
  const before = await buy()
  expect(await buy()).toEqual(before)
  time += 2 * 3_600_000
  const after = await buy()
  expect(after).toHaveLength(1)
  expect(after).not.toEqual(before)
})

test('behavior: where there is no room for another session, vouchers pay', async () => {
  const shop = await openBar()
  const store = createMemoryArchive()
  const codes: number[] = []
  for (let index = 0; index < 6; index++) {
    const { consumer, counts } = await hireRegular({ store })
    for (const seed of [1, 2])
      await (await consumer.fetch(`${shop.url}/v1/completions`, ask({ seed }))).text()
    codes.push(counts.codes)
  }
  expect(codes).toEqual([2, 2, 2, 2, 0, 0])
})

test('error: GrantInsecureError: a key never travels in the clear', async () => {
  const shop = await openBar()
  const { consumer, counts } = await hireRegular({
    fetch: (input, init) => fetch(String(input).replace('http://shop.example', shop.url), init),
  })
  const bought = consumer.fetch('http://shop.example/v1/completions', ask())
  await expect(bought).rejects.toBeInstanceOf(GrantInsecureError)
  expect(counts.signatures).toBe(0)
})

test('error: BudgetExceededError: what is signed ahead stays within the budget', async () => {
  const shop = await openBar()
  const session = 100_000_000n
  const { consumer } = await hireRegular({ budget: { ...budget, session } })
  const buy = async () => (await consumer.fetch(`${shop.url}/v1/completions`, ask())).text()
  await buy()
  const problems: unknown[] = []
  for (let index = 0; index < 5; index++) await buy().catch((error) => problems.push(error))
  expect(problems.length).toBeGreaterThan(0)
  for (const problem of problems) expect(problem).toBeInstanceOf(BudgetExceededError)
  expect((await consumer.channel(shop.url)).signed).toBeLessThanOrEqual(session)
})
