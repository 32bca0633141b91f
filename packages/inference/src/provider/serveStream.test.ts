import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, expect, test } from 'vitest'
import { client, deployment, isolate } from '~test/anvil.js'
import { nthCharge } from '~test/charges.js'
import { ask, hireBob, openShop, prices, shakespeare } from '~test/market.js'
import { openPayer } from '~test/payer.js'
import { getChannel } from '../channel/getChannel.js'
import { priceUsage } from '../price/priceUsage.js'
import { createMemoryStore } from '../store/createMemoryStore.js'
import { createOpenaiUpstream } from '../upstream/createOpenaiUpstream.js'
import type { Upstream } from '../upstream/upstream.js'
import { createCommentSplitter } from '../wire/comment.js'
import { decodeReceipt } from '../wire/receiptText.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
afterAll(() => expect(closing).toEqual([]))

const price = { cachedInput: prices.input, model: 'shakespeare', reasoning: prices.output, ...prices }
const costOf = (input: number, output: number) =>
  priceUsage(price, { cachedInput: 0, input, output, reasoning: 0 })
const event = (text: string) =>
  `data: {"choices":[{"index":0,"text":${JSON.stringify(text)},"finish_reason":null}]}\n\n`

/** How Flaky treats a request. */
type Mood = 'dies early' | 'dies late' | 'hangs early' | 'hangs late' | 'leaks'

/** Flaky: a model server over a real socket that lets its callers down. */
async function startFlaky(mood: Mood) {
  const seen = { closed: false }
  const server = createServer((request, response) => {
    response.on('close', () => {
      seen.closed = true
    })
    request.resume()
    if (mood === 'dies early') return request.socket.destroy()
    if (mood === 'hangs early') return
    if (mood === 'leaks') {
      response.writeHead(401, { 'content-type': 'application/json', 'set-cookie': 'org=secret' })
      return response.end('{"error":{"message":"Incorrect API key provided: sk-secret"}}')
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(event('O Romeo'))
    response.write(event(', Romeo'), () => {
      if (mood === 'dies late') response.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  const upstream = createOpenaiUpstream({ apiKey: 'sk-secret', baseUrl: `http://127.0.0.1:${port}/v1` })
  return { seen, upstream }
}

async function openFlakyShop(mood: Mood) {
  const { seen, upstream } = await startFlaky(mood)
  const store = createMemoryStore()
  const shop = await openShop({ idleTimeout: 200, store, upstream, upstreamTimeout: 200 })
  closing.push(() => shop.close())
  const payer = await openPayer(shop.provider)
  const book = () => store.transact(payer.channelId, (ledger) => ({ ledger, result: ledger }))
  const buy = async (options: Record<string, unknown>, signal?: AbortSignal) => {
    const init = ask({ prompt: 'Wherefore', ...options })
    const headers = { ...init.headers, 'ai-payment': await payer.pay(10n ** 12n) }
    return fetch(`${shop.url}/v1/completions`, { ...init, headers, ...(signal && { signal }) })
  }
  return { book, buy, payer, seen, shop }
}

const unpaid = { authorized: 10n ** 12n, reserved: [], spent: 0n }

test.each([true, false])(
  'behavior: dies before its first byte, streaming %s: costs nothing',
  async (stream) => {
    const { book, buy } = await openFlakyShop('dies early')
    const response = await buy({ stream })
    expect(response.status).toBe(502)
    expect((await response.json()).type).toMatch(/upstream-failed$/)
    expect(await book()).toMatchObject(unpaid)
  },
)

test('behavior: hangs before its first byte: costs nothing', async () => {
  const { book, buy, seen } = await openFlakyShop('hangs early')
  const response = await buy({})
  expect(response.status).toBe(504)
  expect(await book()).toMatchObject(unpaid)
  await expect.poll(() => seen.closed).toBe(true)
})

test('behavior: refuses the provider: its secret stays inside', async () => {
  const { book, buy, shop } = await openFlakyShop('leaks')
  const response = await buy({})
  expect(response.status).toBe(502)
  const text = (await response.text()) + JSON.stringify([...response.headers])
  expect(text).not.toMatch(/secret|sk-/)
  expect(await book()).toMatchObject(unpaid)
  expect(shop.failures).toHaveLength(1)
})

test.each(['dies late', 'hangs late'] as const)('behavior: %s: charged what was delivered', async (mood) => {
  const { book, buy } = await openFlakyShop(mood)
  const response = await buy({ stream: true })
  const { bytes, comments } = createCommentSplitter().split(new Uint8Array(await response.arrayBuffer()))
  const text = new TextDecoder().decode(bytes)
  expect(text).toContain(', Romeo')
  expect(text).toContain('upstream-interrupted')
  // Nine characters of prompt, estimated, and two events of text.
  const cost = costOf(3, 2)
  expect(await book()).toMatchObject({ reserved: [], sequence: nthCharge(1), spent: cost })
  const [last] = comments.slice(-1)
  expect(last?.end).toBe('broken')
  expect(decodeReceipt(last?.receipt ?? '').receipt).toMatchObject({ cost, inputTokens: 3, outputTokens: 2 })
})

test('behavior: the payer hangs up: the model stops and what was delivered is charged', async () => {
  const { book, buy, seen } = await openFlakyShop('hangs late')
  const abort = new AbortController()
  const response = await buy({ stream: true }, abort.signal)
  const reader = response.body?.getReader()
  let text = ''
  while (!text.includes(', Romeo')) text += new TextDecoder().decode((await reader?.read())?.value)
  abort.abort()
  await expect.poll(() => seen.closed).toBe(true)
  await expect.poll(async () => (await book())?.spent).toBe(costOf(3, 2))
  expect((await book())?.reserved).toEqual([])
})

test('behavior: a payer that takes nothing any more does not hold the model', async () => {
  let stopped = false
  const upstream: Upstream = {
    async fetch(_, { signal }) {
      signal.addEventListener('abort', () => {
        stopped = true
      })
      const chunk = new TextEncoder().encode(event('O Romeo'))
      return new Response(new ReadableStream({ pull: (controller) => controller.enqueue(chunk) }))
    },
  }
  const store = createMemoryStore()
  const shop = await openShop({ idleTimeout: 200, pauseTimeout: 200, store, upstream })
  closing.push(() => shop.close())
  const payer = await openPayer(shop.provider)
  const init = ask({ max_tokens: 500, stream: true })
  const headers = { 'ai-payment': await payer.pay(10n ** 15n) }
  const request = new Request(`${shop.url}/v1/completions`, { ...init, headers })
  const response = await shop.provider.fetch(request)
  await response.body?.getReader().read()
  await expect.poll(() => stopped).toBe(true)
  const { spent } = await shop.provider.close(payer.channelId)
  expect(spent).toBeGreaterThan(0n)
})

test('behavior: the payer hangs up before an answer that does not stream: charged the input', async () => {
  const { book, buy, seen } = await openFlakyShop('hangs early')
  const abort = new AbortController()
  const response = buy({}, abort.signal)
  await expect.poll(async () => (await book())?.reserved.length).toBe(1)
  abort.abort()
  await expect(response).rejects.toThrow()
  await expect.poll(() => seen.closed).toBe(true)
  await expect.poll(async () => (await book())?.spent).toBe(costOf(3, 0))
})

test('behavior: a payer that stops paying is paused, ended, and charged what was delivered', async () => {
  const store = createMemoryStore()
  const upstream = await shakespeare()
  const shop = await openShop({ pauseTimeout: 100, store, streamWindow: 16, upstream })
  closing.push(() => shop.close())
  const payer = await openPayer(shop.provider)
  const init = ask({ max_tokens: 200, prompt: 'To be', stream: true })
  // Exactly the first window, and never another voucher.
  const first = BigInt(String(init.body).length) * prices.input + 16n * prices.output
  const amount = (first + 999_999n) / 1_000_000n + prices.request
  const headers = { ...init.headers, 'ai-payment': await payer.pay(amount) }
  const response = await fetch(`${shop.url}/v1/completions`, { ...init, headers })
  const { bytes, comments } = createCommentSplitter().split(new Uint8Array(await response.arrayBuffer()))
  const delivered = new TextDecoder().decode(bytes).match(/^data: \{/gm)?.length
  expect(delivered).toBe(16)
  expect(comments.some(({ need }) => need !== undefined && need > amount)).toBe(true)
  const last = comments.at(-1)
  expect(last?.end).toBe('unpaid')
  const { receipt } = decodeReceipt(last?.receipt ?? '')
  expect(receipt.outputTokens).toBe(16)
  expect(receipt.cost).toBe(costOf(receipt.inputTokens, 16))
  const { spent } = await shop.provider.close(payer.channelId)
  const { channelId } = payer
  const state = await getChannel(client, { channelId, channels: deployment.paymentChannels })
  expect(state).toMatchObject({ closed: true, settled: receipt.cost })
  expect(spent).toBe(receipt.cost)
})

test('behavior: vouchers beside the stream wake it, however fast the model is', async () => {
  const shop = await openShop({ pauseTimeout: 5_000, streamWindow: 16 })
  closing.push(() => shop.close())
  const consumer = await hireBob()
  const response = await consumer.fetch(`${shop.url}/v1/completions`, ask({ max_tokens: 400, stream: true }))
  await response.text()
  const [signed] = consumer.receipts()
  expect(signed?.receipt.outputTokens).toBe(400)
  expect(shop.failures).toEqual([])
})

test('behavior: a payer that signs ahead is never paused at the speed of a real model', async () => {
  const fast = await shakespeare()
  const pace = () =>
    new TransformStream<Uint8Array, Uint8Array>({
      async transform(chunk, controller) {
        await new Promise((resolve) => setTimeout(resolve, 3))
        controller.enqueue(chunk)
      },
    })
  const upstream: Upstream = {
    continuousUsage: true,
    async fetch(url, request) {
      const response = await fast.fetch(url, request)
      return new Response(response.body?.pipeThrough(pace()) ?? null, response)
    },
  }
  const shop = await openShop({ streamWindow: 64, upstream })
  closing.push(() => shop.close())
  let talk = ''
  const consumer = await hireBob({
    async fetch(input, init) {
      const response = await fetch(input, init)
      if (!String(input).endsWith('/completions')) return response
      const listen = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          talk += new TextDecoder().decode(chunk)
          controller.enqueue(chunk)
        },
      })
      return new Response(response.body?.pipeThrough(listen) ?? null, response)
    },
  })
  await (await consumer.fetch(`${shop.url}/v1/completions`, ask({ max_tokens: 300, stream: true }))).text()
  expect(talk).toContain(': ait receipt=')
  expect(talk).not.toContain('paused')
  expect(consumer.receipts()[0]?.receipt.outputTokens).toBe(300)
})
