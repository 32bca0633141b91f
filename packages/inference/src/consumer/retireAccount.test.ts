import { afterAll, expect, test } from 'vitest'
import { bob, client, clientOf, deployment, isolate } from '~test/anvil.js'
import { deferred } from '~test/deferred.js'
import { ask, hireBob, openShop } from '~test/market.js'

import { requestClose } from '../channel/requestClose.js'
import { quotePath } from '../wire/quote.js'
import type { Fetch } from './context.js'
import type { Consumer } from './createConsumer.js'

const shop = await openShop()
afterAll(() => shop.close())
isolate()

const completions = `${shop.url}/v1/completions`
const buy = async (consumer: Consumer) => (await consumer.fetch(completions, ask())).text()

/** Bob announces his exit, without asking Carol. */
async function leave(consumer: Consumer): Promise<void> {
  const { channel } = await consumer.channel(shop.url)
  const hash = await requestClose(clientOf(bob), { channel, channels: deployment.paymentChannels })
  await client.waitForTransactionReceipt({ hash })
  // Carol learns of it when she looks next: here, at once.
  await shop.provider.settle()
}

test('default', async () => {
  const consumer = await hireBob()
  await buy(consumer)
  const first = await consumer.channel(shop.url)
  await leave(consumer)
  await expect(buy(consumer)).rejects.toMatchObject({ name: 'ChannelEndingError' })
  await buy(consumer)
  expect((await consumer.channel(shop.url)).channelId).not.toBe(first.channelId)
  const costs = consumer.receipts().map(({ receipt }) => receipt.cost)
  expect(costs).toHaveLength(2)
  expect(consumer.spent()).toBe(costs.reduce((sum, cost) => sum + cost))
})

test('behavior: who hears late that a channel ends leaves the one that came after it alone', async () => {
  const late = deferred<void>()
  let quotes = 0
  let refused = 0
  const send: Fetch = async (input, init) => {
    if (String(input).endsWith(quotePath)) quotes++
    const response = await fetch(input, init)
    if (response.status >= 400 && ++refused === 2) await late.promise
    return response
  }
  const consumer = await hireBob({ fetch: send })
  await buy(consumer)
  await leave(consumer)
  const leaving = [buy(consumer), buy(consumer)]
  await expect(Promise.race(leaving)).rejects.toMatchObject({ name: 'ChannelEndingError' })
  await buy(consumer)
  late.resolve()
  for (const ended of await Promise.allSettled(leaving)) expect(ended.status).toBe('rejected')
  const { channelId } = await consumer.channel(shop.url)
  await buy(consumer)
  expect((await consumer.channel(shop.url)).channelId).toBe(channelId)
  // One for each channel: nobody introduced himself on the second one twice.
  expect(quotes).toBe(2)
})

test('behavior: a stream that ends after its channel was left is billed and kept', async () => {
  const consumer = await hireBob()
  const stream = await consumer.fetch(completions, ask({ stream: true }))
  const reader = stream.body?.getReader()
  await reader?.read()
  await leave(consumer)
  await expect(buy(consumer)).rejects.toMatchObject({ name: 'ChannelEndingError' })
  await buy(consumer)
  while (!(await reader?.read())?.done);
  const receipts = consumer.receipts().map(({ receipt }) => receipt)
  expect(new Set(receipts.map(({ channelId }) => channelId)).size).toBe(2)
  expect(consumer.spent()).toBe(receipts.reduce((sum, { cost }) => sum + cost, 0n))
})
