import { afterEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { ask, hireBob, openShop } from '~test/market.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Never answers, until nobody waits any more. */
function hang(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) =>
    signal?.addEventListener('abort', () => reject(new TypeError('fetch failed'))),
  )
}

test.each([
  { way: 'there', within: 20_000 },
  // The stream goes on, and its end waits for nobody.
  { way: 'back', within: 2_500 },
])('behavior: a stream whose first voucher is lost on its way $way is read to its end', async (fate) => {
  const { way, within } = fate
  const shop = await openShop({ streamWindow: 64 })
  closing.push(() => shop.close())
  let vouchers = 0
  const consumer = await hireBob({
    backoff: async () => undefined,
    async fetch(input, init) {
      const url = `${input instanceof Request ? input.url : input}`
      if (!url.endsWith('/vouchers') || vouchers++ > 0) return fetch(input, init)
      if (way === 'back') await fetch(input, { ...init, signal: null })
      return hang(init?.signal)
    },
  })
  const began = performance.now()
  const request = ask({ max_tokens: 160, stream: true })
  const text = await (await consumer.fetch(`${shop.url}/v1/completions`, request)).text()
  expect(performance.now() - began).toBeLessThan(within)
  expect(vouchers).toBe(way === 'there' ? 2 : 1)
  expect(text.match(/^data: \{/gm)?.length).toBeGreaterThan(128)
  expect(consumer.receipts()).toHaveLength(1)
})
