import { afterEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { ask, hireBob, openShop } from '~test/market.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

test.each([
  { streams: 20, streamWindow: 64 },
  { streams: 40, streamWindow: 16 },
])('behavior: $streams streams at once share one channel, window $streamWindow', async (options) => {
  const { streams, streamWindow } = options
  const shop = await openShop({ pauseTimeout: 2_000, streamWindow })
  closing.push(() => shop.close())
  const consumer = await hireBob()
  const request = async (_: unknown, index: number) => {
    const max_tokens = 20 + Math.floor((index * 400) / streams)
    const init = ask({ max_tokens, seed: index, stream: true })
    return (await consumer.fetch(`${shop.url}/v1/completions`, init)).text()
  }
  await Promise.all(Array.from({ length: streams }, request))
  expect(consumer.receipts()).toHaveLength(streams)
  const { spent } = await consumer.close(shop.url)
  expect(spent).toBe(consumer.spent())
  expect(spent).toBe(consumer.receipts().reduce((sum, { receipt }) => sum + receipt.cost, 0n))
  expect(shop.failures).toEqual([])
})
