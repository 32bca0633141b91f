import OpenAI from 'openai'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { client, deployment, isolate } from '~test/anvil.js'
import { ask, hireBob, openShop, shakespeare } from '~test/market.js'
import { type Cut, openProxy } from '~test/sockets.js'

import { getChannel } from '../channel/getChannel.js'
import { AnswerGoneError } from '../journal/errors.js'
import { createMemoryStore } from '../store/createMemoryStore.js'
import type { Upstream } from '../upstream/upstream.js'
import type { Consumer } from './createConsumer.js'

isolate()

const path = '/v1/completions'
const closing: (() => Promise<unknown>)[] = []
/** How the proxy treats the next requests for completions; those after pass. */
let cuts: Cut[]
let asked: number
let waits: number[]
/** What the model waits for before it answers. */
let gate: () => Promise<void>

beforeEach(() => {
  asked = 0
  cuts = []
  gate = async () => undefined
  waits = []
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** Carol behind a line that breaks, and Bob who does not wait before he tries again. */
async function openLine(lane: 'hash-chain' | 'session' | 'voucher' = 'voucher') {
  const model = await shakespeare()
  const upstream: Upstream = {
    ...model,
    async fetch(url, request) {
      asked++
      await gate()
      return model.fetch(url, request)
    },
  }
  const store = createMemoryStore()
  const shop = await openShop({ store, upstream })
  closing.push(() => shop.close())
  const proxy = await openProxy(shop.url, (request) =>
    request.startsWith('POST /v1/completions') || request.startsWith('POST /v1/chat')
      ? (cuts.shift() ?? 'never')
      : 'never',
  )
  closing.push(() => proxy.close())
  const consumer = await hireBob({
    backoff: async (attempt) => {
      waits.push(attempt)
    },
    lane,
  })
  return { consumer, shop, url: proxy.url }
}

/** What was charged on chain is what one bill says. */
async function expectChargedOnce(consumer: Consumer, url: string) {
  const { channelId } = await consumer.channel(url)
  const [signed, ...more] = consumer.receipts()
  expect(more).toEqual([])
  const { disputed, spent } = await consumer.close(url)
  expect({ disputed, spent }).toEqual({ disputed: 0n, spent: signed?.receipt.cost })
  const state = await getChannel(client, { channelId, channels: deployment.paymentChannels })
  expect(state).toMatchObject({ closed: true, settled: spent })
}

test.each(['voucher', 'hash-chain', 'session'] as const)('default, paid by %s', async (lane) => {
  const { consumer, shop, url } = await openLine(lane)
  await consumer.channel(url)
  cuts = ['client', 'client']
  const response = await consumer.fetch(url + path, ask())
  expect(response.status).toBe(200)
  expect((await response.json()).choices[0].text).not.toBe('')
  expect({ asked, waits }).toEqual({ asked: 1, waits: [1, 2] })
  await expectChargedOnce(consumer, url)
  expect(shop.failures).toEqual([])
})

test('behavior: a line that breaks while the model works costs no second answer', async () => {
  const { consumer, url } = await openLine()
  const news = new EventTarget()
  const opened = new Promise<void>((resolve) => news.addEventListener('open', () => resolve()))
  gate = () => opened
  cuts = ['both', 'both']
  const answer = consumer.fetch(url + path, ask())
  await expect.poll(() => waits.length).toBe(2)
  news.dispatchEvent(new Event('open'))
  expect((await answer).status).toBe(200)
  expect(asked).toBe(1)
  await expectChargedOnce(consumer, url)
})

test('behavior: an answer that breaks off comes again, for nothing', async () => {
  const { consumer, url } = await openLine()
  cuts = ['within']
  const response = await consumer.fetch(url + path, ask())
  expect((await response.json()).choices[0].text).not.toBe('')
  expect({ asked, waits }).toEqual({ asked: 1, waits: [1] })
  await expectChargedOnce(consumer, url)
})

test('behavior: gives up after so many times, and is charged once', async () => {
  const { consumer, url } = await openLine()
  cuts = ['client', 'client', 'client']
  await expect(consumer.fetch(url + path, ask())).rejects.toThrow('fetch failed')
  expect({ asked, waits }).toEqual({ asked: 1, waits: [1, 2] })
  expect(consumer.spent()).toBe(0n)
  const { disputed, spent } = await consumer.close(url)
  expect(disputed).toBe(0n)
  expect(spent).toBeGreaterThan(0n)
  expect(consumer.spent()).toBe(spent)
})

test('behavior: who gives up is not made to wait', async () => {
  const { consumer, url } = await openLine()
  await consumer.channel(url)
  gate = () => new Promise(() => undefined)
  const abort = new AbortController()
  const answer = consumer.fetch(url + path, { ...ask(), signal: abort.signal })
  await expect.poll(() => asked).toBe(1)
  abort.abort()
  await expect(answer).rejects.toThrow('aborted')
  expect(waits).toEqual([])
})

test('error: AnswerGoneError for a stream that broke before it began', async () => {
  const { consumer, url } = await openLine()
  cuts = ['client']
  const ends = consumer
    .fetch(url + path, ask({ max_tokens: 500, stream: true }))
    .then((response) => response.text())
  await expect(ends).rejects.toBeInstanceOf(AnswerGoneError)
  expect(asked).toBe(1)
  await expectChargedOnce(consumer, url)
})

test.each([true, false])(
  'behavior: a stock client repeats a request by its key, streaming %s',
  async (stream) => {
    const { consumer, url } = await openLine()
    const heard: string[] = []
    const openai = new OpenAI({
      apiKey: 'none',
      baseURL: `${url}/v1`,
      async fetch(input, init) {
        const response = await consumer.fetch(input, init)
        heard.push(await response.clone().text())
        return response
      },
      maxRetries: 0,
    })
    const messages = [{ content: 'To be', role: 'user' as const }]
    const headers = { 'Idempotency-Key': 'mine' }
    const buy = async () => {
      const request = { max_tokens: 30, messages, model: 'shakespeare', seed: 1 }
      if (!stream) return openai.chat.completions.create(request, { headers })
      const chunks: unknown[] = []
      for await (const chunk of await openai.chat.completions.create({ ...request, stream }, { headers }))
        chunks.push(chunk)
      return chunks
    }
    const first = await buy()
    expect(await buy()).toEqual(first)
    expect(heard[1]).toBe(heard[0])
    expect(asked).toBe(1)
    expect(consumer.spent()).toBe(consumer.receipts()[0]?.receipt.cost)
    await expectChargedOnce(consumer, url)
  },
)
