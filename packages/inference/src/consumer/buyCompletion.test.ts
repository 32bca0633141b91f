import { afterAll, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { ask, hireBob, openShop } from '~test/market.js'

const shop = await openShop()
afterAll(() => shop.close())
isolate()

const completions = `${shop.url}/v1/completions`

/** Bob behind a proxy that swallows the first answer and gives another one. */
async function hireBehind(answer: () => Response) {
  let swallowing = true
  return hireBob({
    retries: 0,
    async fetch(input, init) {
      const response = await fetch(input, init)
      if (!swallowing || String(input) !== completions) return response
      swallowing = false
      await response.arrayBuffer()
      return answer()
    },
  })
}

const foreign = () =>
  new Response('{"type":"about:blank","title":"Forbidden","status":403}', {
    headers: { 'content-type': 'application/problem+json' },
    status: 403,
  })
const broken = () =>
  new Response(new ReadableStream({ pull: (controller) => controller.error(new TypeError('terminated')) }), {
    headers: { 'content-type': 'application/problem+json' },
    status: 402,
  })

test.each([
  ['403', () => new Response('Forbidden', { status: 403 })],
  ['204', () => new Response(null, { status: 204 })],
  ['502', () => new Response('Bad Gateway', { status: 502 })],
  ["a problem that is nobody's", foreign],
  ['a problem that breaks off', broken],
])('behavior: a proxy answers %s after the charge: the channel still closes', async (_, answer) => {
  const consumer = await hireBehind(answer)
  await consumer.fetch(completions, ask()).then(
    ({ status }) => expect(status).not.toBe(200),
    (error: unknown) => expect(error).toBeInstanceOf(Error),
  )
  expect(consumer.spent()).toBe(0n)
  const { spent } = await consumer.close(shop.url)
  expect(spent).toBeGreaterThan(0n)
  expect(consumer.spent()).toBe(spent)
})

test('behavior: a refusal of the model costs nothing', async () => {
  const consumer = await hireBob()
  expect((await consumer.fetch(completions, ask({ temperature: 99 }))).status).toBe(400)
  await consumer.fetch(completions, ask())
  const { spent } = await consumer.close(shop.url)
  expect(spent).toBe(consumer.receipts()[0]?.receipt.cost)
})
