import type { Fetch } from '@aitoken/inference'
import { afterEach, expect, test } from 'vitest'
import { client, deployment, isolate } from '~test/anvil.js'
import { connectCrook } from '~test/crook.js'
import { ask, budget, hireBob, openShop } from '~test/market.js'

import { getChannel } from '../channel/getChannel.js'
import { BillExceedsUsageError } from '../receipt/errors.js'
import type { Upstream } from '../upstream/upstream.js'
import { decodePayment } from '../wire/paymentHeader.js'
import type { createConsumer } from './createConsumer.js'
import { BudgetExceededError } from './errors.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Two base units for a token of output, so that a window of credit is worth hundreds of tokens. */
const prices = { input: 0n, output: 2_000_000n, request: 9n }

/** A model whose whole answer is there at once. */
const quick: Upstream = {
  continuousUsage: true,
  async fetch(_, { body }) {
    const { max_tokens } = JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body))
    const events = Array.from({ length: max_tokens }, (_, index) => {
      const usage = { completion_tokens: index + 1, prompt_tokens: 3, total_tokens: index + 4 }
      const choices = [{ finish_reason: index + 1 === max_tokens ? 'stop' : null, index: 0, text: ' word' }]
      return `data: ${JSON.stringify({ choices, object: 'text_completion', usage })}\n\n`
    })
    const headers = { 'content-type': 'text/event-stream' }
    return new Response(`${events.join('')}data: [DONE]\n\n`, { headers })
  },
}

async function openDiner({
  creditWindow = 1_000n,
  ...options
}: Partial<createConsumer.Parameters> & Window = {}) {
  const models = [{ id: 'shakespeare', maxOutputTokens: 4096, prices, upstream: quick }]
  const shop = await openShop({ creditWindow, models })
  closing.push(() => shop.close())
  const lanes = { code: 0, voucher: 0 }
  const send: Fetch = options.fetch ?? fetch
  const consumer = await hireBob({
    lane: 'session',
    ...options,
    fetch(input, init) {
      const header = new Headers(init?.headers).get('ai-payment')
      const paid = `${input}`.endsWith('completions') && header !== null
      if (paid) lanes['code' in decodePayment(header) ? 'code' : 'voucher']++
      return send(input, init)
    },
  })
  const buy = async (max_tokens: number) =>
    (await consumer.fetch(`${shop.url}/v1/completions`, ask({ max_tokens, stream: true }))).text()
  return { buy, consumer, lanes, shop }
}

type Window = { creditWindow?: bigint }

test('default: a stream that arrives at once is served on credit, and its bill is good', async () => {
  const { buy, consumer, lanes, shop } = await openDiner()
  expect(await buy(256)).toContain('[DONE]')
  expect(consumer.spent()).toBe(2n * 256n + prices.request)
  expect(lanes).toEqual({ code: 1, voucher: 0 })
  for (let index = 0; index < 5; index++) await buy(256)
  const { channelId } = await consumer.channel(shop.url)
  const { disputed, spent } = await consumer.close(shop.url)
  expect([disputed, spent]).toEqual([0n, 6n * 521n])
  const state = await getChannel(client, { channelId, channels: deployment.paymentChannels })
  expect(state.settled).toBe(spent)
  expect(shop.failures).toEqual([])
})

test('behavior: streams at once stay within what was promised', async () => {
  const { buy, consumer, shop } = await openDiner({ creditWindow: 5_000n })
  await Promise.all(Array.from({ length: 12 }, (_, index) => buy(100 + 20 * index)))
  const { billed, signed } = await consumer.channel(shop.url)
  expect(billed).toBe(consumer.spent())
  expect(signed).toBeGreaterThanOrEqual(billed)
  expect((await consumer.close(shop.url)).disputed).toBe(0n)
  expect(shop.failures).toEqual([])
})

test('behavior: a window that the budgets do not hold is not used', async () => {
  for (const limits of [
    { request: 500n, session: budget.session },
    { request: budget.request, session: 500n },
  ]) {
    const { buy, consumer, lanes, shop } = await openDiner({ budget: limits, deposit: 100_000n })
    await expect(buy(256)).rejects.toBeInstanceOf(BudgetExceededError)
    expect(lanes).toEqual({ code: 0, voucher: 1 })
    await consumer.close(shop.url)
    expect(consumer.spent()).toBeLessThanOrEqual(500n)
  }
})

test.each([
  ['one unit more than was delivered', { cost: 522n }],
  ['what nobody promised', { cumulative: 1_000n }],
])('error: BillExceedsUsageError for %s', async (_, change) => {
  const { buy, consumer, shop } = await openDiner({ fetch: connectCrook(() => change) })
  await expect(buy(256)).rejects.toBeInstanceOf(BillExceedsUsageError)
  expect(consumer.spent()).toBe(0n)
  await expect(buy(1)).rejects.toBeInstanceOf(BillExceedsUsageError)
  expect(shop.failures).toEqual([])
})
