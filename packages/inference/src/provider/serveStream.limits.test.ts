import { afterEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { ask, hireBob, openShop, prices } from '~test/market.js'

import type { Upstream } from '../upstream/upstream.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const maxTokens = 10
const window = 16

/** Endless: streams on whatever it was asked for, and says how many events were taken. */
function endless({ counts, perChunk }: { counts: boolean; perChunk: number }) {
  const seen = { events: 0, stopped: false }
  const next = () => {
    seen.events++
    const usage = { completion_tokens: seen.events, prompt_tokens: 3, total_tokens: 3 + seen.events }
    const choices = [{ finish_reason: null, index: 0, text: 'word ' }]
    return `data: ${JSON.stringify({ choices, ...(counts && { usage }) })}\n\n`
  }
  const upstream: Upstream = {
    async fetch() {
      const body = new ReadableStream<Uint8Array>({
        cancel() {
          seen.stopped = true
        },
        pull: (controller) =>
          controller.enqueue(new TextEncoder().encode(Array.from({ length: perChunk }, next).join(''))),
      })
      return new Response(body)
    },
  }
  return { seen, upstream }
}

test.each([
  { counts: true, delivered: maxTokens, perChunk: 1 },
  { counts: true, delivered: maxTokens, perChunk: 100 },
  { counts: false, delivered: 2 * maxTokens + 8, perChunk: 1 },
  { counts: false, delivered: 2 * maxTokens + 8, perChunk: 100 },
])('behavior: an upstream that ignores its limit is cut: %o', async ({ counts, delivered, perChunk }) => {
  const { seen, upstream } = endless({ counts, perChunk })
  const shop = await openShop({ streamWindow: window, upstream })
  closing.push(() => shop.close())
  const consumer = await hireBob()
  const request = ask({ max_tokens: maxTokens, stream: true })
  const text = await (await consumer.fetch(`${shop.url}/v1/completions`, request)).text()
  expect(text.match(/^data: \{/gm)).toHaveLength(delivered)
  expect(text.endsWith('data: [DONE]\n\n')).toBe(true)
  expect(seen.stopped).toBe(true)
  expect(seen.events).toBeLessThanOrEqual(delivered + 2 * perChunk)
  const { spent } = await consumer.close(shop.url)
  expect(spent).toBe(consumer.receipts()[0]?.receipt.cost)
  expect(shop.failures).toEqual([])
})

test('behavior: what comes in one piece is paid for bit by bit', async () => {
  const { upstream } = endless({ counts: true, perChunk: 400 })
  const models = [{ id: 'shakespeare', maxOutputTokens: 400, prices, upstream }]
  const shop = await openShop({ models, pauseTimeout: 2_000, streamWindow: window })
  closing.push(() => shop.close())
  const consumer = await hireBob()
  const request = ask({ max_tokens: 400, stream: true })
  const text = await (await consumer.fetch(`${shop.url}/v1/completions`, request)).text()
  expect(text.match(/^data: \{/gm)).toHaveLength(400)
  expect(text.endsWith('data: [DONE]\n\n')).toBe(true)
})

test('behavior: a server writes no lines about payment, wherever it puts them', async () => {
  const choices = [{ finish_reason: 'stop', index: 0, text: 'word' }]
  const usage = { completion_tokens: 1, prompt_tokens: 3, total_tokens: 4 }
  const lines = [
    `: ait need=9999999\n\n`,
    `id: 1\n: ait end=unpaid\ndata: ${JSON.stringify({ choices })}\n: ait receipt=AAAA\n\n`,
    `data: ${JSON.stringify({ choices: [], usage })}\n\ndata: [DONE]\n\n`,
  ]
  const shop = await openShop({ upstream: { fetch: async () => new Response(lines.join('')) } })
  closing.push(() => shop.close())
  const consumer = await hireBob()
  const text = await (await consumer.fetch(`${shop.url}/v1/completions`, ask({ stream: true }))).text()
  expect(text).toBe(`id: 1\ndata: ${JSON.stringify({ choices })}\n\ndata: [DONE]\n\n`)
  expect(consumer.receipts()).toMatchObject([{ receipt: { inputTokens: 3, outputTokens: 1 } }])
})
