import { afterEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { deferred } from '~test/deferred.js'
import { ask, hireBob, openShop } from '~test/market.js'

import type { Upstream } from '../upstream/upstream.js'
import { BodyTooLargeError } from '../wire/serviceErrors.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const words = 48
const events = 8

/** A model that says many words at once, so that it is paid for what it says it needs, not for events. */
function createTalker(gate: Promise<void>): Upstream {
  return {
    continuousUsage: true,
    async fetch() {
      const encoder = new TextEncoder()
      let sent = 0
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          if (sent === 1) await gate
          if (sent === events) {
            controller.enqueue(encoder.encode('data: [DONE]\n\n'))
            return controller.close()
          }
          sent++
          const tokens = words * sent
          const usage = { completion_tokens: tokens, prompt_tokens: 3, total_tokens: tokens + 3 }
          const finish = sent === events ? 'stop' : null
          const choices = [{ finish_reason: finish, index: 0, text: ' word'.repeat(words) }]
          const event = { choices, object: 'text_completion', usage }
          controller.enqueue(encoder.encode(`data: ${JSON.stringify(event)}\n\n`))
        },
      })
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    },
  }
}

test.each(
  (['voucher', 'hash-chain', 'session'] as const).flatMap((lane) =>
    (['lost', 'refused'] as const).map((fate) => ({ fate, lane })),
  ),
)('behavior: a stream gets credit that was promised with a request that was $fate, by $lane', async (way) => {
  const { fate, lane } = way
  const gate = deferred<void>()
  const shop = await openShop({
    creditWindow: 0n,
    maxBodyBytes: 5_000,
    pauseTimeout: 3_000,
    upstream: createTalker(gate.promise),
  })
  closing.push(() => shop.close())
  const consumer = await hireBob({
    fetch(input, init) {
      const body = init?.body
      const large = body instanceof Uint8Array && body.length > 5_000
      return large && fate === 'lost' ? Promise.reject(new TypeError('fetch failed')) : fetch(input, init)
    },
    lane,
    retries: 0,
  })
  const url = `${shop.url}/v1/completions`
  const stream = await consumer.fetch(url, ask({ max_tokens: words * events, stream: true }))
  const { signed } = await consumer.channel(shop.url)
  const refused = consumer.fetch(url, ask({ prompt: 'x'.repeat(20_000) }))
  if (fate === 'refused') await expect(refused).rejects.toBeInstanceOf(BodyTooLargeError)
  else await expect(refused).rejects.toThrow('fetch failed')
  // Promised far more than the stream can cost.
  expect((await consumer.channel(shop.url)).signed).toBeGreaterThan(signed + 1_000_000_000n)

  gate.resolve()
  expect(await stream.text()).toContain('[DONE]')
  const { disputed, spent } = await consumer.close(shop.url)
  expect([disputed, spent]).toEqual([0n, consumer.receipts()[0]?.receipt.cost])
  expect(shop.failures).toEqual([])
})
