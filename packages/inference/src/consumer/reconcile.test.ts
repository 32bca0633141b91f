import { createMemoryStore } from '@aitoken/inference/provider'
import { afterEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { deferred } from '~test/deferred.js'
import { ask, hireBob, listen, openShop } from '~test/market.js'

import { decodePayment } from '../wire/paymentHeader.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function open(parameters: Parameters<typeof openShop>[0] = {}) {
  const shop = await openShop(parameters)
  closing.push(() => shop.close())
  return shop
}

/** Bob, whose connection breaks before an answer while `breaks` says so. */
async function hireCutOff(breaks: () => boolean) {
  return hireBob({
    async fetch(input, init) {
      const url = `${input instanceof Request ? input.url : input}`
      const response = await fetch(input, init)
      if (!url.endsWith('/completions') || !breaks()) return response
      await response.body?.cancel()
      throw new TypeError('fetch failed')
    },
    retries: 0,
  })
}

test('error: a charge that nobody signs for is not accepted', async () => {
  const shop = await open()
  // Mallory never answers, and says that everything that was signed is spent.
  let last = 0n
  const inn = await listen(async (request) => {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/.well-known')) return fetch(shop.url + pathname)
    const payment = decodePayment(request.headers.get('ai-payment') ?? '')
    if ('cumulativeAmount' in payment && payment.cumulativeAmount > last) last = payment.cumulativeAmount
    if (request.method === 'POST') throw new TypeError('Mallory hangs up.')
    const { channelId } = payment
    const amounts = { authorized: `${last}`, deposit: '1', reserved: '0', sequence: '1', settled: '0' }
    return Response.json({ ...amounts, channelId, spent: `${last}`, status: 'open' })
  })
  closing.push(() => inn.close())
  const consumer = await hireBob({ retries: 0 })
  const buy = async () => (await consumer.fetch(`${inn.url}/v1/completions`, ask())).status
  expect(await buy().catch(() => 502)).toBeGreaterThanOrEqual(500)
  const signed = last
  for (let attempt = 0; attempt < 3; attempt++)
    await expect(buy()).rejects.toMatchObject({ name: 'ReceiptMissingError' })
  expect(last).toBe(signed)
  expect(consumer.spent()).toBe(0n)
})

test('error: who charges three answers in a row that never arrive is paid no further', async () => {
  const shop = await open()
  let breaks = true
  const consumer = await hireCutOff(() => breaks)
  const buy = () => consumer.fetch(`${shop.url}/v1/completions`, ask())
  for (let lost = 0; lost < 2; lost++) await expect(buy()).rejects.toThrow('fetch failed')
  breaks = false
  // One that arrives begins the count anew.
  expect((await buy()).status).toBe(200)
  const unit = consumer.spent() / 3n
  breaks = true
  for (let lost = 0; lost < 3; lost++) await expect(buy()).rejects.toThrow('fetch failed')
  const error = { name: 'UnansweredChargesError', unanswered: 5n * unit }
  await expect(buy()).rejects.toMatchObject(error)
  await expect(buy()).rejects.toMatchObject(error)
  const { disputed, spent, unanswered } = await consumer.close(shop.url)
  expect({ disputed, spent, unanswered }).toEqual({ disputed: 0n, spent: 6n * unit, unanswered: 5n * unit })
})

test('behavior: what a provider charged that died is accepted, for it signs the new total', async () => {
  const store = createMemoryStore()
  const shop = await open({ store })
  let breaks = false
  const consumer = await hireCutOff(() => breaks)
  const buy = () => consumer.fetch(`${shop.url}/v1/completions`, ask())
  await buy()
  const cost = consumer.spent()
  breaks = true
  await expect(buy()).rejects.toThrow('fetch failed')
  breaks = false
  const { channelId } = await consumer.channel(shop.url)
  // What a process leaves behind that dies in a stream: of the second request, 5 units were written down.
  const left = { amount: 90n, delivered: 5n, requestId: 'left', writtenAt: 0 }
  await store.transact(channelId, (held) => ({
    ledger: held && { ...held, receipt: undefined, reserved: [left], spent: cost },
    result: undefined,
  }))
  expect((await buy()).status).toBe(200)
  expect(consumer.spent()).toBe(2n * cost + 5n)
  const [, swept] = consumer.receipts()
  expect(swept?.receipt).toMatchObject({ cost: 5n, cumulative: cost + 5n, inputTokens: 0 })
  expect((await consumer.close(shop.url)).unanswered).toBe(5n)
})

test('behavior: two requests that ask for the account at once enter what was lost once', async () => {
  const shop = await open()
  let breaks = true
  const asked = deferred<void>()
  let asking = 0
  const consumer = await hireBob({
    async fetch(input, init) {
      const url = `${input instanceof Request ? input.url : input}`
      const response = await fetch(input, init)
      if (url.includes('/v1/channels/') && ++asking === 2) asked.resolve()
      // Both hear the same before either of them writes.
      if (url.includes('/v1/channels/')) await asked.promise
      if (!url.endsWith('/completions') || !breaks) return response
      await response.body?.cancel()
      throw new TypeError('fetch failed')
    },
    retries: 0,
  })
  const buy = async () => (await consumer.fetch(`${shop.url}/v1/completions`, ask())).status
  await expect(buy()).rejects.toThrow('fetch failed')
  breaks = false
  expect(await Promise.all([buy(), buy()])).toEqual([200, 200])
  const { disputed, spent, unanswered } = await consumer.close(shop.url)
  expect(consumer.spent()).toBe(spent)
  expect({ disputed, unanswered }).toEqual({ disputed: 0n, unanswered: spent / 3n })
})
