import { AitokenError, approve, confirm } from '@aitoken/core'
import OpenAI from 'openai'
import { afterAll, afterEach, expect, test } from 'vitest'
import { bob, client, clientOf, deployment, isolate } from '~test/anvil.js'
import { ask, budget, hireBob, listen, openShop, shakespeare } from '~test/market.js'

import { getChannel } from '../channel/getChannel.js'
import { topUpChannel } from '../channel/topUpChannel.js'
import { ChannelEndingError } from '../ledger/errors.js'
import { BillExceedsUsageError } from '../receipt/errors.js'
import type { Upstream } from '../upstream/upstream.js'
import { encodePayment } from '../wire/paymentHeader.js'
import { problemMediaType } from '../wire/problem.js'
import { encodeProblem } from '../wire/problemDocument.js'
import { BudgetExceededError } from './errors.js'

const shop = await openShop({ streamWindow: 16 })
afterAll(() => shop.close())
isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Greedy: gives a tenth of the tokens that were asked for, and reports all of them. */
async function greedy(): Promise<Upstream> {
  const honest = await shakespeare()
  return {
    async fetch(url, request) {
      const body = JSON.stringify({ ...JSON.parse(await new Response(request.body).text()), max_tokens: 10 })
      const response = await honest.fetch(url, { ...request, body })
      const text = await response.text()
      const inflated = text.replace(
        /"completion_tokens":(\d+)/g,
        (_, count) => `"completion_tokens":${count}0`,
      )
      return new Response(inflated, response)
    },
  }
}

/** Mallory sits between Bob and Carol and changes what passes. */
async function interpose(change: (response: Response, request: Request) => Promise<Response> | Response) {
  const proxy = await listen(async (request) => {
    const { pathname } = new URL(request.url)
    const body = request.method === 'POST' ? await request.text() : null
    const sent = new Request(shop.url + pathname, { body, headers: request.headers, method: request.method })
    return change(await shop.provider.fetch(sent), request)
  })
  closing.push(() => proxy.close())
  return proxy.url
}

const completions = '/v1/completions'
const isQuote = ({ url }: Request) => url.endsWith('aitoken.json')
const nameOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => (AitokenError.is(error) ? error.name : String(error)),
  )

test.each([false, true])('behavior: Greedy bills too much, streaming %s: signing stops', async (stream) => {
  const den = await openShop({ upstream: await greedy() })
  closing.push(() => den.close())
  const consumer = await hireBob()
  const request = ask({ max_tokens: 100, stream })
  const asking = consumer.fetch(den.url + completions, request)
  const reading = stream ? asking.then((response) => response.text()) : asking
  const error = await reading.then(
    () => expect.unreachable(),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(BillExceedsUsageError)
  if (!(error instanceof BillExceedsUsageError)) return
  expect(error.difference).toBe(error.billed - error.due)
  expect(error.difference).toBeGreaterThan(0n)
  const { signed } = await consumer.channel(den.url)
  expect(await nameOf(consumer.fetch(den.url + completions, request))).toBe('BillExceedsUsageError')
  expect((await consumer.channel(den.url)).signed).toBe(signed)
})

test('error: BudgetExceededError, before anything is signed', async () => {
  const consumer = await hireBob({ budget: { request: 1_000n, session: 10n ** 18n } })
  await expect(consumer.fetch(shop.url + completions, ask())).rejects.toBeInstanceOf(BudgetExceededError)
  expect((await consumer.channel(shop.url)).signed).toBe(0n)

  const poor = await hireBob({ budget: { request: 10n ** 18n, session: 100_000_000n } })
  await poor.fetch(shop.url + completions, ask())
  await poor.fetch(shop.url + completions, ask())
  expect(await nameOf(poor.fetch(shop.url + completions, ask({ max_tokens: 500 })))).toBe(
    'BudgetExceededError',
  )
  expect((await poor.channel(shop.url)).signed).toBeLessThanOrEqual(100_000_000n)
})

test('behavior: a stream ends where the budget does, and costs no more', async () => {
  const request = 60_000_000n
  const consumer = await hireBob({ budget: { request, session: 10n ** 18n } })
  const response = await consumer.fetch(shop.url + completions, ask({ max_tokens: 400, stream: true }))
  await expect(response.text()).rejects.toBeInstanceOf(BudgetExceededError)
  const { spent } = await consumer.close(shop.url)
  expect(spent).toBeGreaterThan(0n)
  expect(spent).toBeLessThanOrEqual(request)
  expect(consumer.spent()).toBe(spent)
})

test('error: DepositExceededError', async () => {
  const consumer = await hireBob({ deposit: 30_000_000n })
  expect(await nameOf(consumer.fetch(shop.url + completions, ask({ max_tokens: 500 })))).toBe(
    'DepositExceededError',
  )
})

test('behavior: a channel that was topped up serves again', async () => {
  const consumer = await hireBob({ deposit: 30_000_000n })
  const init = ask({ max_tokens: 500 })
  expect(await nameOf(consumer.fetch(shop.url + completions, init))).toBe('DepositExceededError')
  const { channel } = await consumer.channel(shop.url)
  const wallet = clientOf(bob)
  const amount = 10n ** 18n
  const { aiToken: token, paymentChannels: channels } = deployment
  await confirm(wallet, { hash: await approve(wallet, { amount, spender: channels, token }) })
  await confirm(wallet, { hash: await topUpChannel(wallet, { amount, channel, channels }) })
  expect((await consumer.fetch(shop.url + completions, init)).status).toBe(200)
  const { refunded, spent } = await consumer.close(shop.url)
  expect(refunded + spent).toBe(amount + 30_000_000n)
})

test('behavior: a provider that calls its channel closed gets no second one', async () => {
  const url = await interpose((response, { url }) => {
    if (!url.endsWith(completions)) return response
    const { body, status } = encodeProblem(new ChannelEndingError({ channelId: '0x', status: 'closed' }))
    return new Response(body, { headers: { 'content-type': problemMediaType }, status })
  })
  const consumer = await hireBob()
  const { channelId } = await consumer.channel(url)
  for (let round = 0; round < 3; round++)
    expect(await nameOf(consumer.fetch(url + completions, ask()))).toBe('ChannelEndingError')
  expect((await consumer.channel(url)).channelId).toBe(channelId)
})

test('behavior: a provider cannot have more locked than the budget and as much again', async () => {
  const inn = await openShop({ safetyMargin: budget.session + 1n })
  closing.push(() => inn.close())
  const consumer = await hireBob()
  expect(await nameOf(consumer.fetch(inn.url + completions, ask()))).toBe('QuoteInvalidError')
})

test('error: ProviderNotAllowedError', async () => {
  const consumer = await hireBob({ providers: ['https://carol.example'] })
  expect(await nameOf(consumer.fetch(shop.url + completions, ask()))).toBe('ProviderNotAllowedError')
})

test('error: ModelUnknownError, BodyInvalidError', async () => {
  const consumer = await hireBob()
  expect(await nameOf(consumer.fetch(shop.url + completions, ask({ model: 'oracle' })))).toBe(
    'ModelUnknownError',
  )
  expect(await nameOf(consumer.fetch(shop.url + completions, { body: '{', method: 'POST' }))).toBe(
    'BodyInvalidError',
  )
})

test('behavior: an OpenAI client gets the typed error as its cause', async () => {
  const { fetch } = await hireBob({ budget: { request: 1n, session: 1n } })
  const openai = new OpenAI({ apiKey: 'none', baseURL: `${shop.url}/v1`, fetch, maxRetries: 0 })
  const asking = openai.completions.create({ max_tokens: 10, model: 'shakespeare', prompt: 'To be' })
  await expect(asking).rejects.toThrow(expect.objectContaining({ cause: expect.any(BudgetExceededError) }))
})

test('behavior: Mallory changes the prices, the token or the contract of a quote', async () => {
  const swap = async (from: RegExp, to: string) => {
    const url = await interpose(async (response, request) =>
      isQuote(request) ? new Response((await response.text()).replaceAll(from, to), response) : response,
    )
    return nameOf((await hireBob()).fetch(url + completions, ask()))
  }
  expect(await swap(/"output":"\d+"/g, '"output":"1"')).toBe('PriceTableSignerError')
  expect(await swap(new RegExp(deployment.aiToken, 'gi'), deployment.paymentChannels)).toBe(
    'QuoteMismatchError',
  )
  expect(await swap(new RegExp(deployment.paymentChannels, 'gi'), deployment.aiToken)).toBe(
    'QuoteMismatchError',
  )
  expect(await swap(/"chainId":\d+/g, '"chainId":1')).toBe('QuoteMismatchError')
  expect(await swap(/"version":1/g, '"version":2')).toBe('QuoteInvalidError')
  expect(await swap(/.*/g, 'no JSON')).toBe('QuoteInvalidError')
})

test('behavior: Mallory changes the answer, or keeps the receipt', async () => {
  const meddling = async (change: (response: Response) => Promise<Response> | Response) => {
    const url = await interpose((response, request) =>
      request.url.endsWith(completions) ? change(response) : response,
    )
    return nameOf((await hireBob()).fetch(url + completions, ask()))
  }
  const altered = async (response: Response) =>
    new Response((await response.text()).replace('"text":"', '"text":"Buy! '), response)
  expect(await meddling(altered)).toBe('ReceiptMismatchError')
  expect(await meddling(async (response) => new Response(await response.text()))).toBe('ReceiptMissingError')
})

test('error: PriceTableExpiredError', async () => {
  const consumer = await hireBob({ now: () => Date.now() + 10 * 86_400_000 })
  expect(await nameOf(consumer.fetch(shop.url + completions, ask()))).toBe('PriceTableExpiredError')
})

test('behavior: agrees to a renewed price table without a second payment', async () => {
  let skew = 0
  const inn = await openShop({ now: () => Date.now() + skew, priceValidity: 100 })
  closing.push(() => inn.close())
  const consumer = await hireBob()
  await consumer.fetch(inn.url + completions, ask())
  skew = 200_000
  const response = await consumer.fetch(inn.url + completions, ask())
  expect(response.status).toBe(200)
  expect(consumer.receipts()).toHaveLength(2)
})

test('behavior: an answer that was lost is reconciled, and nothing is paid twice', async () => {
  let losing = true
  const consumer = await hireBob({
    retries: 0,
    async fetch(input, init) {
      const response = await fetch(input, init)
      if (!losing || !String(input).endsWith(completions)) return response
      losing = false
      await response.arrayBuffer()
      throw new TypeError('fetch failed')
    },
  })
  await expect(consumer.fetch(shop.url + completions, ask())).rejects.toThrow('fetch failed')
  expect(consumer.spent()).toBe(0n)
  await consumer.fetch(shop.url + completions, ask())
  const { channelId } = await consumer.channel(shop.url)
  const { spent } = await consumer.close(shop.url)
  expect(consumer.spent()).toBe(spent)
  const state = await getChannel(client, { channelId, channels: deployment.paymentChannels })
  expect(state).toMatchObject({ closed: true, settled: spent })
})

test('behavior: a provider that forgets the channel is shown it again', async () => {
  const inn = await openShop()
  const consumer = await hireBob({
    fetch: (input, init) => fetch(String(input).replace(/^http:\/\/inn/, current), init),
  })
  let current = inn.url
  await consumer.fetch(`http://inn${completions}`, ask())
  await inn.close()
  const again = await openShop()
  closing.push(() => again.close())
  current = again.url
  const response = consumer.fetch(`http://inn${completions}`, ask())
  // The books are gone with the process, so the first number is signed twice: the consumer notices.
  expect(await nameOf(response)).toBe('ReceiptConflictError')
})

test('behavior: nobody but the payer sees or closes a channel', async () => {
  const consumer = await hireBob()
  await consumer.fetch(shop.url + completions, ask())
  const { channelId } = await consumer.channel(shop.url)
  const signature = `0x${'11'.repeat(64)}1b` as const
  const payment = encodePayment({ channelId, cumulativeAmount: consumer.spent(), signature })
  const headers = { 'ai-payment': payment }
  expect((await fetch(`${shop.url}/v1/channels/${channelId}`, { headers })).status).toBe(402)
  expect((await fetch(`${shop.url}/v1/channels/${channelId}`)).status).toBe(402)
  const close = await fetch(`${shop.url}/v1/channels/${channelId}/close`, { headers, method: 'POST' })
  expect(close.status).toBe(402)
  const state = await getChannel(client, { channelId, channels: deployment.paymentChannels })
  expect(state.closed).toBe(false)
})
