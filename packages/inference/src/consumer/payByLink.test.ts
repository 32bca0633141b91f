import { afterEach, expect, test } from 'vitest'
import { bob, client, deployment, isolate } from '~test/anvil.js'
import { ask, budget, hireBob, listen, openShop, prices, shakespeare } from '~test/market.js'

import { createMemoryArchive } from '../archive/createMemoryArchive.js'
import { getChannel } from '../channel/getChannel.js'
import { createMemoryStore } from '../store/createMemoryStore.js'
import type { createConsumer } from './createConsumer.js'
import { BudgetExceededError } from './errors.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function openStreamShop(options: Parameters<typeof openShop>[0] = {}) {
  const store = createMemoryStore()
  const models = [{ id: 'shakespeare', maxOutputTokens: 4096, prices, upstream: await shakespeare() }]
  const shop = await openShop({ models, store, ...options })
  closing.push(() => shop.close())
  const bookOf = (channelId: `0x${string}`) =>
    store.transact(channelId, (ledger) => ({ ledger, result: ledger }))
  return { ...shop, bookOf }
}

/** Bob pays by hash chain, and counts what he signs and sends. */
async function hireFrugalBob(options: Partial<createConsumer.Parameters> = {}) {
  const counts = { payments: 0, signatures: 0 }
  const consumer = await hireBob({
    fetch(input, init) {
      if (new Headers(init?.headers).has('ai-payment')) counts.payments++
      return fetch(input, init)
    },
    lane: 'hash-chain',
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

test('default: a stream of 1,000 tokens takes one signature', async () => {
  const shop = await openStreamShop()
  const { consumer, counts } = await hireFrugalBob()
  const response = await consumer.fetch(
    `${shop.url}/v1/completions`,
    ask({ max_tokens: 1_000, stream: true }),
  )
  await response.text()
  const [signed] = consumer.receipts()
  expect(signed?.receipt.outputTokens).toBe(1_000)
  expect(counts.payments).toBeGreaterThan(5)
  expect(counts.signatures).toBe(1)

  const { channelId } = await consumer.channel(shop.url)
  const { disputed, spent } = await consumer.close(shop.url)
  expect([disputed, spent]).toEqual([0n, signed?.receipt.cost])
  expect(await settledOf(channelId)).toBe(spent)
  // What was charged is asked for, and then agreed to.
  expect(counts.signatures).toBe(3)
  expect(shop.failures).toEqual([])
})

test('behavior: a chain that is used up is followed by a voucher and another chain', async () => {
  const shop = await openStreamShop({ streamUnit: 1_000_000n })
  const { consumer, counts } = await hireFrugalBob()
  for (let index = 0; index < 60; index++)
    await (await consumer.fetch(`${shop.url}/v1/completions`, ask({ seed: index }))).text()
  expect(consumer.receipts()).toHaveLength(60)
  // Two commitments and the voucher between them.
  expect(counts.signatures).toBe(3)
  const { channelId } = await consumer.channel(shop.url)
  const total = consumer.receipts().reduce((sum, { receipt }) => sum + receipt.cost, 0n)
  expect((await shop.bookOf(channelId))?.spent).toBe(total)
  await consumer.close(shop.url)
  expect(await settledOf(channelId)).toBe(total)
})

test('behavior: many requests and streams at once share one chain', async () => {
  const shop = await openStreamShop({ streamWindow: 16 })
  const { consumer } = await hireFrugalBob()
  const texts = await Promise.all(
    Array.from({ length: 24 }, async (_, index) => {
      const init = ask({ max_tokens: 20 + 10 * index, seed: index, stream: index % 2 === 0 })
      return (await consumer.fetch(`${shop.url}/v1/completions`, init)).text()
    }),
  )
  expect(texts.every((text) => text.length > 20)).toBe(true)
  expect(consumer.receipts()).toHaveLength(24)
  const { channelId } = await consumer.channel(shop.url)
  const total = consumer.receipts().reduce((sum, { receipt }) => sum + receipt.cost, 0n)
  expect((await consumer.close(shop.url)).spent).toBe(total)
  expect(await settledOf(channelId)).toBe(total)
  expect(shop.failures).toEqual([])
})

test('behavior: a payer that vanishes after a stream costs its provider less than a unit', async () => {
  const shop = await openStreamShop()
  const { consumer } = await hireFrugalBob()
  await (await consumer.fetch(`${shop.url}/v1/completions`, ask({ max_tokens: 500, stream: true }))).text()
  const { channelId } = await consumer.channel(shop.url)
  const unit = (await shop.bookOf(channelId))?.stream?.unit ?? 0n
  const { spent, uncovered } = await shop.provider.close(channelId)
  expect(spent).toBe(consumer.spent())
  expect(uncovered).toBeLessThan(unit)
  expect(await settledOf(channelId)).toBe(spent - uncovered)
})

test('behavior: after a restart of the payer, a voucher begins anew', async () => {
  const shop = await openStreamShop()
  const store = createMemoryArchive()
  const before = await hireFrugalBob({ store })
  const buy = async ({ consumer }: typeof before) =>
    (await consumer.fetch(`${shop.url}/v1/completions`, ask())).text()
  for (let index = 0; index < 2; index++) await buy(before)
  const after = await hireFrugalBob({ store })
  const signatures: number[] = []
  for (let index = 0; index < 4; index++) {
    await buy(after)
    signatures.push(after.counts.signatures)
  }
  // Who asks what the last run was charged proves who it is; then come the voucher and the commitment.
  expect(signatures).toEqual([2, 3, 3, 3])
  const { channelId } = await after.consumer.channel(shop.url)
  const { spent } = await after.consumer.close(shop.url)
  expect(spent).toBe(before.consumer.spent() + after.consumer.spent())
  expect(await settledOf(channelId)).toBe(spent)
})

test('behavior: two gateways on one store take the links of one chain', async () => {
  const store = createMemoryStore()
  const [one, other] = [await openStreamShop({ store }), await openStreamShop({ store })]
  let requests = 0
  const front = await listen((request) => (requests++ % 2 ? one : other).provider.fetch(request))
  closing.push(() => front.close())
  const { consumer, counts } = await hireFrugalBob()
  for (let index = 0; index < 6; index++)
    await (await consumer.fetch(`${front.url}/v1/completions`, ask({ seed: index }))).text()
  expect(counts.signatures).toBe(1)
  const { spent } = await consumer.close(front.url)
  expect(spent).toBe(consumer.spent())
})

test('error: BudgetExceededError: whole units never exceed a budget', async () => {
  const shop = await openStreamShop()
  const session = 60_000_000n
  const { consumer } = await hireFrugalBob({ budget: { ...budget, session } })
  const buy = () => consumer.fetch(`${shop.url}/v1/completions`, ask())
  await (await buy()).text()
  await expect(buy()).rejects.toBeInstanceOf(BudgetExceededError)
  const { channelId, signed } = await consumer.channel(shop.url)
  expect(signed).toBeLessThanOrEqual(session)
  expect((await shop.bookOf(channelId))?.authorized).toBe(signed)
})
