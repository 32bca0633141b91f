import { afterEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { ask, hireBob, openShop, prices } from '~test/market.js'
import { openPayer } from '~test/payer.js'

import { toHex } from '../internal/hex.js'
import { sha256 } from '../internal/sha256.js'
import type { Upstream } from '../upstream/upstream.js'
import { createCommentSplitter } from '../wire/comment.js'
import { decodeReceipt } from '../wire/receiptText.js'
import type { RequestReport } from './observer.js'

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

/** Says a word, and then one now and then, or none, without end. */
function lingering(pause: number) {
  const seen = { stopped: 0 }
  const choices = [{ finish_reason: null, index: 0, text: 'word ' }]
  const word = new TextEncoder().encode(`data: ${JSON.stringify({ choices })}\n\n`)
  const upstream: Upstream = {
    async fetch(_, { signal }) {
      let timer: ReturnType<typeof setInterval> | undefined
      signal.addEventListener('abort', () => {
        clearInterval(timer)
        seen.stopped++
      })
      return new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(word)
            timer = setInterval(() => controller.enqueue(word), pause)
          },
        }),
      )
    },
  }
  return { seen, upstream }
}

test.each([
  ['never ends', 20],
  ['falls silent', 60_000],
])('behavior: a stream that %s is ended in time, and what was delivered is charged', async (_, pause) => {
  const { seen, upstream } = lingering(pause)
  const reports: RequestReport[] = []
  const observer = { ended: (report: RequestReport) => reports.push(report) }
  const shop = await openShop({ observer, streamTimeout: 400, upstream })
  closing.push(() => shop.close())
  const { pay } = await openPayer(shop.provider)
  const headers = { 'ai-payment': await pay(10n ** 15n) }
  const started = performance.now()
  const response = await fetch(`${shop.url}/v1/completions`, { ...ask({ stream: true }), headers })
  const { bytes, comments } = createCommentSplitter().split(await response.bytes())
  expect(performance.now() - started).toBeLessThan(5_000)
  const text = new TextDecoder().decode(bytes)
  const [words, [failure = ''] = []] = [text.match(/word /g)?.length ?? 0, text.split('\n').slice(-3)]
  expect(JSON.parse(failure.slice(6)).error).toMatchObject({ code: 'stream-timeout', type: 'timeout_error' })
  const end = comments.at(-1)
  expect(end?.end).toBe('expired')
  const { receipt } = decodeReceipt(end?.receipt ?? '')
  expect(receipt.outputTokens).toBe(words)
  expect(receipt.responseHash).toBe(toHex(sha256(bytes)))
  expect(seen.stopped).toBe(1)
  expect(reports).toMatchObject([{ charge: receipt.cost, outcome: 'expired', status: 200 }])
  expect(shop.failures).toEqual([])
})

test('behavior: a stream that expires while it waits for a voucher is ended by the next one', async () => {
  const { seen, upstream } = endless({ counts: true, perChunk: 400 })
  const models = [{ id: 'shakespeare', maxOutputTokens: 400, prices, upstream }]
  const reports: RequestReport[] = []
  const observer = { ended: (report: RequestReport) => reports.push(report) }
  const shop = await openShop({ models, observer, streamTimeout: 300, streamWindow: window })
  closing.push(() => shop.close())
  const { channelId, pay } = await openPayer(shop.provider)
  const headers = { 'ai-payment': await pay(60_000_000n) }
  const request = ask({ max_tokens: 400, stream: true })
  const response = await fetch(`${shop.url}/v1/completions`, { ...request, headers })
  const arrivedAt = performance.now()
  const reader = response.body?.getReader()
  let text = ''
  const read = async () => {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
    text += new TextDecoder().decode(value)
    return !done
  }
  while (!text.includes('paused=true')) await read()
  await expect.poll(() => performance.now() - arrivedAt).toBeGreaterThan(300)
  const more = { headers: { 'ai-payment': await pay(10n ** 15n) }, method: 'POST' }
  expect((await fetch(`${shop.url}/v1/channels/${channelId}/vouchers`, more)).status).toBe(200)
  while (await read());
  expect(text).toContain('stream-timeout')
  expect(seen.stopped).toBe(true)
  expect(reports.at(-1)).toMatchObject({ outcome: 'expired' })
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
