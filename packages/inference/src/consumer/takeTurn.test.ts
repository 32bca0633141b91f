import { afterAll, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { ask, hireBob, openShop } from '~test/market.js'

import type { Fetch } from './context.js'
import type { Lane } from './lanes.js'

const shop = await openShop()
afterAll(() => shop.close())
isolate()

/** A network that delivers whatever comes within a moment in reverse: of many payments, one is not overtaken. */
function createReversal(): Fetch {
  let waiting: (() => Promise<unknown>)[] = []
  let delivering = false
  const deliver = async () => {
    delivering = true
    while (waiting.length > 0) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      const batch = waiting.reverse()
      waiting = []
      for (const send of batch) await send()
    }
    delivering = false
  }
  return (input, init) => {
    if (!`${input}`.endsWith('completions')) return fetch(input, init)
    return new Promise((resolve, reject) => {
      waiting.push(() => fetch(input, init).then(resolve, reject))
      if (!delivering) void deliver()
    })
  }
}

test.each<Lane>(['voucher', 'hash-chain', 'session'])(
  'behavior: requests that others overtake again and again go one after the other, paid by %s',
  async (lane) => {
    const consumer = await hireBob({ fetch: createReversal(), lane })
    const buy = async (index: number) => {
      const init = ask({ max_tokens: 5, seed: index, stream: index % 3 === 0 })
      const response = await consumer.fetch(`${shop.url}/v1/completions`, init)
      await response.text()
      return response.status
    }
    expect(await buy(0)).toBe(200)
    const statuses = await Promise.all(Array.from({ length: 60 }, (_, index) => buy(index)))
    expect(statuses.filter((status) => status === 200)).toHaveLength(60)
    const { disputed, unanswered } = await consumer.close(shop.url)
    expect({ disputed, unanswered }).toEqual({ disputed: 0n, unanswered: 0n })
  },
)
