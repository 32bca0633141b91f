import { afterEach, beforeEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { nthCharge } from '~test/charges.js'
import { ask, hireBob, openShop, prices } from '~test/market.js'
import { openPayer } from '~test/payer.js'

import { priceUsage } from '../price/priceUsage.js'
import { createMemoryStore } from '../store/createMemoryStore.js'
import type { Upstream } from '../upstream/upstream.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const path = '/v1/completions'
const text = 'Wherefore art thou'
let usage: string
beforeEach(() => {
  usage = '{"prompt_tokens":1000,"completion_tokens":3}'
})

/** A model whose template or pictures make more input tokens than the body has bytes. */
const verbose: Upstream = {
  async fetch(_, { body }) {
    const choices = JSON.stringify([{ finish_reason: 'stop', index: 0, text }])
    if (!String(body).includes('"stream":true'))
      return new Response(`{"choices":${choices},"usage":${usage}}`)
    const events = [`{"choices":${choices}}`, `{"choices":[],"usage":${usage}}`, '[DONE]']
    return new Response(events.map((event) => `data: ${event}\n\n`).join(''))
  },
}

test.each([false, true])(
  'behavior: charges no input beyond what was priced, streaming %s',
  async (stream) => {
    const shop = await openShop({ upstream: verbose })
    closing.push(() => shop.close())
    const consumer = await hireBob()
    const init = ask({ max_tokens: 400, stream })
    await (await consumer.fetch(shop.url + path, init)).text()
    const [signed] = consumer.receipts()
    const price = { cachedInput: prices.input, model: 'shakespeare', reasoning: prices.output, ...prices }
    const bytes = String(init.body).length
    const cost = priceUsage(price, { cachedInput: 0, input: bytes, output: 3, reasoning: 0 })
    expect(signed?.receipt).toMatchObject({ cost, inputTokens: 1000, outputTokens: 3 })
    expect((await consumer.close(shop.url)).spent).toBe(cost)
  },
)

test.each(['9'.repeat(400), '99007199254740993', '-1', '1e400', 'null'])(
  'behavior: a stream that counts %s tokens leaves nothing reserved',
  async (count) => {
    usage = `{"prompt_tokens":5,"completion_tokens":${count}}`
    const store = createMemoryStore()
    const shop = await openShop({ store, upstream: verbose })
    closing.push(() => shop.close())
    const payer = await openPayer(shop.provider)
    const init = ask({ stream: true })
    const headers = { ...init.headers, 'ai-payment': await payer.pay(10n ** 12n) }
    await (await fetch(shop.url + path, { ...init, headers })).text()
    const book = await store.transact(payer.channelId, (ledger) => ({ ledger, result: ledger }))
    expect(book).toMatchObject({ reserved: [], sequence: nthCharge(1) })
    expect(shop.failures).toEqual([])
  },
)

test('behavior: a prompt nested without end is refused before its payment is taken', async () => {
  const store = createMemoryStore()
  const shop = await openShop({ store })
  closing.push(() => shop.close())
  const payer = await openPayer(shop.provider)
  const prompt = '['.repeat(100_000) + ']'.repeat(100_000)
  for (const stream of [false, true]) {
    const payment = await payer.pay(10n ** 17n * (stream ? 2n : 1n))
    const body = `{"model":"shakespeare","max_tokens":5,"stream":${stream},"prompt":${prompt}}`
    const init = { body, headers: { 'ai-payment': payment }, method: 'POST' }
    expect((await fetch(shop.url + path, init)).status).toBe(400)
  }
  const book = await store.transact(payer.channelId, (ledger) => ({ ledger, result: ledger }))
  expect(book).toBeUndefined()
})
