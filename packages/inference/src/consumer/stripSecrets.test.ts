import { afterEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { ask, hireBob, openShop } from '~test/market.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

test('behavior: keys for other APIs never leave for a provider, whatever is asked', async () => {
  const shop = await openShop()
  closing.push(() => shop.close())
  const seen: string[] = []
  const consumer = await hireBob({
    fetch(input, init) {
      const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined))
      seen.push(...headers.keys())
      return fetch(input, init)
    },
  })
  const headers = {
    'api-key': 'azure',
    authorization: 'Bearer secret',
    'content-type': 'application/json',
    cookie: 'a=b',
    'openai-organization': 'org',
    'x-api-key': 'key',
    'x-stainless-lang': 'js',
  }
  expect((await consumer.fetch(`${shop.url}/v1/completions`, { ...ask(), headers })).status).toBe(200)
  expect((await consumer.fetch(`${shop.url}/v1/models`, { headers })).status).toBe(200)
  const listing = new Request(`${shop.url}/v1/models`, { headers })
  expect((await consumer.fetch(listing)).status).toBe(200)
  const { 'content-type': _type, 'x-stainless-lang': _lang, ...secret } = headers
  for (const name of Object.keys(secret)) expect(seen).not.toContain(name)
  expect(seen.filter((name) => name === 'x-stainless-lang')).toHaveLength(3)
})
