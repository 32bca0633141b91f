import { afterEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { ask, hireBob, openShop } from '~test/market.js'

import type { Upstream } from '../upstream/upstream.js'
import { countHidden } from './readRequest.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A model that counts as OpenAI does: every candidate, and the end of every choice. */
function counting(text: string, tokens: number): Upstream {
  return {
    async fetch(_, init) {
      const {
        best_of,
        n = 1,
        prompt,
      } = JSON.parse(typeof init.body === 'string' ? init.body : new TextDecoder().decode(init.body))
      const prompts = Array.isArray(prompt) ? prompt.length : 1
      const choices = Array.from({ length: prompts * n }, (_, index) => ({
        finish_reason: 'stop',
        index,
        text,
      }))
      const completion_tokens = prompts * (best_of ?? n) * tokens
      const usage = { completion_tokens, prompt_tokens: 3 * prompts, total_tokens: 0 }
      return Response.json({ choices, usage })
    },
  }
}

test.each([
  ['the best of 20', counting('word '.repeat(9), 10), { best_of: 20, max_tokens: 20, n: 1 }],
  ['20 empty answers', counting('', 1), { max_tokens: 20, prompt: Array(20).fill('yes?') }],
])('behavior: an honest bill for %s is paid', async (_, upstream, options) => {
  const shop = await openShop({ upstream })
  closing.push(() => shop.close())
  const consumer = await hireBob()
  const response = await consumer.fetch(`${shop.url}/v1/completions`, ask(options))
  expect(response.status).toBe(200)
  expect(consumer.receipts()[0]?.receipt.outputTokens).toBe('best_of' in options ? 200 : 20)
})

test('behavior: what leaves no text is counted by choice, and the candidates that lost whole', () => {
  const count = (body: Omit<Parameters<typeof countHidden>[0]['body'], 'model'>, maxOutput: number) =>
    countHidden({ body: { model: 'm', ...body } }, maxOutput)
  expect(count({}, 20)).toBe(8)
  expect(count({ stop: ['ab', 'äöü'] }, 20)).toBe(14)
  expect(count({ n: 2, prompt: ['a', 'b', 'c'] }, 120)).toBe(48)
  expect(count({ best_of: 3, n: 2 }, 60)).toBe(24 + 20)
})
