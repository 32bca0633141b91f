import { afterAll, beforeEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { ask, hireBob, openShop } from '~test/market.js'

import type { Upstream } from '../upstream/upstream.js'

/** A model that answers each prompt with as many words as it is allowed. */
let heard: Record<string, unknown> = {}
const wordy: Upstream = {
  async fetch(_, { body }) {
    heard = JSON.parse(await new Response(body).text())
    const { max_completion_tokens: newer, max_tokens: older, prompt } = heard
    const most = Number(older ?? newer)
    const prompts = Array.isArray(prompt) ? prompt.length : 1
    const choices = Array.from({ length: prompts }, (_, index) => ({ index, text: 'word '.repeat(most) }))
    const usage = { completion_tokens: most * prompts, prompt_tokens: prompts }
    return new Response(JSON.stringify({ choices, usage }))
  },
}
const shop = await openShop({ upstream: wordy })
afterAll(() => shop.close())
isolate()

let consumer: Awaited<ReturnType<typeof hireBob>>
beforeEach(async () => {
  consumer = await hireBob()
})
const buy = async (options: Record<string, unknown>, path = '/v1/completions') => {
  await consumer.fetch(shop.url + path, ask(options))
  return heard
}

test('behavior: several prompts are priced, and charged, each', async () => {
  await buy({ max_tokens: 30, prompt: ['To be', 'or not', 'to be'] })
  const [signed] = consumer.receipts()
  expect(signed?.receipt.outputTokens).toBe(90)
  expect(heard).toMatchObject({ max_tokens: 30, prompt: ['To be', 'or not', 'to be'] })
})

test('behavior: a model hears no limit above the one that was priced', async () => {
  const chat = '/v1/chat/completions'
  const both = { max_completion_tokens: 2, max_tokens: 500 }
  expect(await buy(both, chat)).toMatchObject({ max_completion_tokens: 2, max_tokens: 2 })
  expect(await buy(both)).toMatchObject({ max_tokens: 2 })
  expect(await buy({ max_tokens: 9_999 })).toMatchObject({ max_tokens: 512 })
  expect(await buy({ max_completion_tokens: 9_999, max_tokens: null }, chat)).toMatchObject({
    max_completion_tokens: 512,
    max_tokens: 512,
  })
  expect(await buy({ max_tokens: null }, chat)).toMatchObject({ max_tokens: 512 })
})
