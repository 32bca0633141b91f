import { afterAll, afterEach, expect, test } from 'vitest'
import { alice, bob, carol, client, deployment, isolate } from '~test/anvil.js'
import { ask, budget, hireBob, openShop, shakespeare } from '~test/market.js'

import { getChannel } from '../channel/getChannel.js'
import { createMemoryStore } from '../store/createMemoryStore.js'
import type { Upstream } from '../upstream/upstream.js'

const store = createMemoryStore()
const shop = await openShop({ store })
afterAll(() => shop.close())
isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const channels = deployment.paymentChannels
const nonceOf = ({ address }: typeof bob) => client.getTransactionCount({ address })
const readChain = (channelId: `0x${string}`) => getChannel(client, { channelId, channels })

/** Bob, whose first paid answer comes to him changed. */
const hireMisled = (change: (response: Response) => Response | Promise<Response>) => {
  let done = false
  return hireBob({
    async fetch(input, init) {
      const response = await fetch(input, init)
      if (done || !String(input).endsWith('/completions')) return response
      done = true
      return change(response)
    },
  })
}

test('behavior: a channel that was never used closes at once, and costs the provider nothing', async () => {
  const consumer = await hireBob()
  const { channelId } = await consumer.channel(shop.url)
  const before = await nonceOf(carol)
  const closed = await consumer.close(shop.url)
  expect(closed).toMatchObject({ disputed: 0n, receipt: undefined, refunded: budget.session, spent: 0n })
  expect(await readChain(channelId)).toMatchObject({ closed: true, settled: 0n })
  expect(await nonceOf(carol)).toBe(before)
})

test('error: ChannelNotOpenError, and nothing opens only to be closed', async () => {
  const consumer = await hireBob()
  const before = await nonceOf(bob)
  await expect(consumer.close(shop.url)).rejects.toMatchObject({ name: 'ChannelNotOpenError' })
  await consumer.channel(shop.url)
  await consumer.close(shop.url)
  const closed = await nonceOf(bob)
  await expect(consumer.close(shop.url)).rejects.toMatchObject({ name: 'ChannelNotOpenError' })
  expect([before < closed, await nonceOf(bob)]).toEqual([true, closed])
})

test('behavior: a request that never reached the provider does not keep its channel open', async () => {
  const consumer = await hireBob({
    fetch: (input, init) =>
      String(input).endsWith('/completions') ? Promise.reject(new TypeError('offline')) : fetch(input, init),
  })
  await expect(consumer.fetch(`${shop.url}/v1/completions`, ask())).rejects.toThrow('offline')
  expect(await consumer.close(shop.url)).toMatchObject({ refunded: budget.session, spent: 0n })
})

test('behavior: what was settled before needs no voucher, and the receipt stays the last word', async () => {
  const consumer = await hireBob()
  await consumer.fetch(`${shop.url}/v1/completions`, ask())
  const { channelId } = await consumer.channel(shop.url)
  await shop.provider.settle([channelId])
  const before = await nonceOf(carol)
  const { receipt, refunded, spent } = await consumer.close(shop.url)
  expect(await nonceOf(carol)).toBe(before)
  expect(receipt).toEqual(consumer.receipts()[0])
  expect(refunded + spent).toBe(budget.session)
})

test('behavior: who holds the final statement buys nothing more, even if the provider cannot close', async () => {
  let online = true
  const consumer = await hireBob({
    async fetch(input, init) {
      const response = await fetch(input, init)
      if (!online && String(input).endsWith('/close')) {
        await response.arrayBuffer()
        throw new TypeError('lost')
      }
      return response
    },
  })
  const { channelId } = await consumer.channel(shop.url)
  online = false
  await expect(consumer.close(shop.url)).rejects.toThrow('lost')
  await expect(shop.provider.close(channelId)).rejects.toMatchObject({ name: 'ChannelEndingError' })
  await expect(consumer.fetch(`${shop.url}/v1/completions`, ask())).rejects.toMatchObject({
    name: 'ChannelEndingError',
  })
  online = true
  expect(await consumer.close(shop.url)).toMatchObject({ refunded: budget.session, spent: 0n })
})

test('behavior: an account that cannot speak for the payee closes with a transaction', async () => {
  const inn = await openShop({ account: alice, payee: carol.address })
  closing.push(() => inn.close())
  const consumer = await hireBob()
  await consumer.channel(inn.url)
  const before = await nonceOf(carol)
  expect(await consumer.close(inn.url)).toMatchObject({ refunded: budget.session, spent: 0n })
  expect(await nonceOf(carol)).toBe(before + 1)
})

test('behavior: says what was paid although its bill was refused', async () => {
  const honest = await shakespeare()
  const upstream: Upstream = {
    async fetch(url, request) {
      const text = await (await honest.fetch(url, request)).text()
      return new Response(text.replace(/"text":"(?:[^"\\]|\\.)*"/, '"text":""'))
    },
  }
  const den = await openShop({ upstream })
  closing.push(() => den.close())
  const consumer = await hireBob()
  const error = await consumer.fetch(`${den.url}/v1/completions`, ask({ max_tokens: 200 })).then(
    () => expect.unreachable(),
    (reason: unknown) => reason,
  )
  const { disputed, spent } = await consumer.close(den.url)
  expect(error).toMatchObject({ billed: spent, difference: disputed, name: 'BillExceedsUsageError' })
  expect(disputed).toBeGreaterThan(0n)
})

test('behavior: a charge without a receipt is disputed whole; an honest bill is not', async () => {
  const consumer = await hireMisled(async (response) => new Response(await response.text()))
  await expect(consumer.fetch(`${shop.url}/v1/completions`, ask())).rejects.toMatchObject({
    name: 'ReceiptMissingError',
  })
  await consumer.fetch(`${shop.url}/v1/completions`, ask())
  const { disputed, spent } = await consumer.close(shop.url)
  expect(disputed).toBe(spent - (consumer.receipts().at(-1)?.receipt.cost ?? 0n))
  expect(disputed).toBeGreaterThan(0n)
})

test('behavior: what a process that died left behind does not keep the channel open', async () => {
  let skew = 0
  let offline = false
  const books = createMemoryStore()
  const inn = await openShop({ now: () => Date.now() + skew, store: books })
  closing.push(() => inn.close())
  const consumer = await hireBob({
    fetch: (input, init) =>
      offline && String(input).endsWith('/completions')
        ? Promise.reject(new TypeError('offline'))
        : fetch(input, init),
  })
  await consumer.fetch(`${inn.url}/v1/completions`, ask())
  const { billed, channelId } = await consumer.channel(inn.url)
  offline = true
  await expect(consumer.fetch(`${inn.url}/v1/completions`, ask())).rejects.toThrow('offline')
  // The book as a process leaves it that dies in the middle of the second request.
  const left = { amount: 90n, delivered: 7n, requestId: 'died', writtenAt: Date.now() }
  await books.transact(channelId, (held) => ({ ledger: held && { ...held, reserved: [left] }, result: 0 }))
  await expect(inn.provider.close(channelId)).rejects.toMatchObject({ name: 'ChannelBusyError' })
  skew = 1_000_000
  expect(await consumer.close(inn.url)).toMatchObject({ disputed: 0n, spent: billed + 7n })
})
