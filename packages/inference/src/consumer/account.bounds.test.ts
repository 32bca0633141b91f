import { afterEach, expect, test } from 'vitest'
import { bob, clientOf, deployment, isolate } from '~test/anvil.js'
import { ask, budget, hireBob, openShop, prices } from '~test/market.js'

import type { Upstream } from '../upstream/upstream.js'
import { buyCompletion } from './buyCompletion.js'
import { createContext } from './createContext.js'
import { openAccount } from './openAccount.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A model that says one word, and breaks off whenever it is asked for more. */
const terse: Upstream = {
  async fetch(_, { body }) {
    const { max_tokens } = JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body))
    if (max_tokens > 1) throw new TypeError('The model broke off.')
    const usage = { completion_tokens: 1, prompt_tokens: 3, total_tokens: 4 }
    return Response.json({ choices: [{ finish_reason: 'stop', index: 0, text: ' word' }], usage })
  },
}

test.each(['voucher', 'session'] as const)(
  'behavior: 2,000 requests leave no more behind than a few, by %s',
  { timeout: 120_000 },
  async (lane) => {
    const models = [{ id: 'shakespeare', maxOutputTokens: 512, prices, upstream: terse }]
    const shop = await openShop({ models })
    closing.push(() => shop.close())
    // Gives Bob his tokens.
    await hireBob()
    const context = createContext({
      backoff: async () => undefined,
      budget,
      channels: deployment.paymentChannels,
      client: clientOf(bob),
      fetch: (input, init) => {
        const lost = lose.shift()
        return lost
          ? Promise.reject(new TypeError('fetch failed'))
          : shop.provider.fetch(new Request(input, init))
      },
      lane,
      receiptsKept: 50,
      retries: 0,
      token: deployment.aiToken,
    })
    const lose: boolean[] = []
    const account = await openAccount(context, shop.url)
    const buy = async (index: number) => {
      // Every so often the model or the line fails.
      const max_tokens = index % 7 === 3 ? 2 : 1
      if (index % 11 === 5) lose.push(true)
      const request = new Request(`${shop.url}/v1/completions`, ask({ max_tokens, seed: index }))
      const response = await buyCompletion(context, async () => account, request).catch(() => undefined)
      await response?.text()
    }
    // Eight at a time, so that there is never a moment at which nothing is lost or in flight.
    let next = 0
    let most = 0
    const work = async () => {
      while (next < 2_000) {
        await buy(next++)
        most = Math.max(most, account.allotments.size)
      }
    }
    await Promise.all(Array.from({ length: 8 }, work))
    expect(account.record.billed).toBeGreaterThan(0n)
    expect(most).toBeLessThan(64)
    expect(account.receipts.size).toBeLessThanOrEqual(50)
    expect(account.tables.size).toBe(1)
    expect(account.lanes.keys.length).toBeLessThanOrEqual(2)
    expect([context.accounts.size, context.opened.size, context.past.receipts.length]).toEqual([0, 1, 0])
  },
)
