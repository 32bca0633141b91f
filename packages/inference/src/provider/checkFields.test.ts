import { afterEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { ask, openShop, prices } from '~test/market.js'
import { openPayer } from '~test/payer.js'

import type { Upstream } from '../upstream/upstream.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Carol serves a cheap model and a dear one, and notes what their server hears. */
async function open(allowFields?: readonly string[]) {
  const heard: string[] = []
  const upstream: Upstream = {
    async fetch(_url, { body }) {
      heard.push(await new Response(body).text())
      const usage = { completion_tokens: 1, prompt_tokens: 3, total_tokens: 4 }
      return Response.json({ choices: [{ finish_reason: 'stop', index: 0, text: 'word' }], usage })
    },
  }
  const cheap = { allowFields, id: 'shakespeare', maxOutputTokens: 10, prices, upstream }
  const dear = { ...cheap, id: 'dear', prices: { input: 10n ** 14n, output: 10n ** 14n } }
  const shop = await openShop({ models: [cheap, dear] })
  closing.push(() => shop.close())
  const payer = await openPayer(shop.provider)
  let amount = 10n ** 9n
  const send = async (body: RequestInit['body']) => {
    amount += 10n ** 9n
    const headers = { 'ai-payment': await payer.pay(amount), 'content-type': 'application/json' }
    const response = await fetch(`${shop.url}/v1/completions`, {
      body: body ?? null,
      headers,
      method: 'POST',
    })
    return { detail: String((await response.json()).detail), status: response.status }
  }
  return { heard, send, shop }
}

test('behavior: what costs more than was priced is refused by its name', async () => {
  const { heard, send } = await open()
  const fields = {
    extra_body: { max_tokens: 9 },
    fallbacks: ['dear'],
    MAX_TOKENS: 9,
    models: ['dear'],
    n_predict: 9,
    options: { num_predict: 9 },
    plugins: [{ id: 'web' }],
    service_tier: 'priority',
    web_search_options: {},
  }
  for (const [name, value] of Object.entries(fields)) {
    const { detail, status } = await send(ask({ [name]: value }).body)
    expect(status).toBe(400)
    expect(detail).toContain(JSON.stringify(name))
  }
  const { detail, status } = await send(ask({ tools: [{ type: 'web_search' }] }).body)
  expect([status, detail]).toEqual([400, expect.stringContaining('"web_search"')])
  expect(heard).toEqual([])
})

test('behavior: a model may get more fields, as its provider says', async () => {
  const { heard, send } = await open(['service_tier'])
  expect((await send(ask({ service_tier: 'flex' }).body)).status).toBe(200)
  expect(heard[0]).toContain('"service_tier":"flex"')
  expect((await send(ask({ plugins: [] }).body)).status).toBe(400)
})

test('behavior: names that come twice reach the server as they were priced', async () => {
  const { heard, send } = await open()
  const twice =
    '{"model":"dear","model":"shakespeare","max_tokens":4096,"max_tokens":10,"n":9,"n":1,"prompt":"x"}'
  expect((await send(twice)).status).toBe(200)
  expect(heard).toEqual(['{"model":"shakespeare","n":1,"prompt":"x","max_tokens":10}'])
})

test('behavior: options of streams are written by the provider', async () => {
  const { heard, send } = await open()
  await send(ask({ stream: false, stream_options: { chunk: 1 } }).body)
  expect(heard[0]).not.toContain('chunk')
})

test('behavior: a body nested deeper than any request is the payer’s mistake', async () => {
  const { heard, send, shop } = await open()
  for (const depth of [64, 5_000, 100_000]) {
    const prompt = '['.repeat(depth) + ']'.repeat(depth)
    const { detail, status } = await send(`{"model":"shakespeare","prompt":${prompt}}`)
    expect([status, detail]).toEqual([400, expect.stringContaining('nested')])
  }
  expect(heard).toEqual([])
  expect(shop.failures).toEqual([])
})
