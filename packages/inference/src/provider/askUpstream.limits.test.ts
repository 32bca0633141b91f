import { afterEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { openShop, prices } from '~test/market.js'
import { openPayer } from '~test/payer.js'

import { createMemoryStore } from '../store/createMemoryStore.js'
import type { Upstream } from '../upstream/upstream.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A server that knows one name of the limit, or none, and otherwise answers 400 tokens. */
function knowing(name: 'max_completion_tokens' | 'max_tokens' | 'none', limitName?: Upstream['limitName']) {
  const seen: Record<string, unknown>[] = []
  const upstream: Upstream = {
    limitName,
    async fetch(_url, { body }) {
      const asked = JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body))
      seen.push(asked)
      const count: number = Math.min(asked[name] ?? 400, 400)
      const usage = { completion_tokens: count, prompt_tokens: 20, total_tokens: 20 + count }
      const choice = { finish_reason: 'stop', index: 0 }
      if (!asked.stream)
        return Response.json({ choices: [{ ...choice, message: { content: 'word '.repeat(count) } }], usage })
      const write = (choices: unknown[], rest = {}) => `data: ${JSON.stringify({ choices, ...rest })}\n\n`
      const words = Array.from({ length: count }, () => write([{ delta: { content: 'word ' }, index: 0 }]))
      const end = [write([{ ...choice, delta: {} }]), write([], { usage }), 'data: [DONE]\n\n']
      return new Response([...words, ...end].join(''), { headers: { 'content-type': 'text/event-stream' } })
    },
  }
  return { seen, upstream }
}

/** Bob asks for one token. */
async function askForOne(upstream: Upstream, stream: boolean) {
  const store = createMemoryStore()
  const shop = await openShop({ store, upstream })
  closing.push(() => shop.close())
  const payer = await openPayer(shop.provider)
  const messages = [{ content: 'Hi', role: 'user' }]
  const response = await fetch(`${shop.url}/v1/chat/completions`, {
    body: JSON.stringify({ max_completion_tokens: 1, messages, model: 'shakespeare', stream }),
    headers: { 'ai-payment': await payer.pay(10n ** 12n), 'content-type': 'application/json' },
    method: 'POST',
  })
  const text = await response.text()
  const book = await store.transact(payer.channelId, (ledger) => ({ ledger, result: ledger }))
  return { spent: book?.spent, status: response.status, words: text.match(/word /g)?.length ?? 0 }
}

test.each(['max_completion_tokens', 'max_tokens'] as const)(
  'behavior: a server that knows only %s is told the limit',
  async (name) => {
    const cost = (20n * prices.input + prices.output) / 1_000_000n + prices.request
    for (const stream of [false, true]) {
      const { seen, upstream } = knowing(name)
      expect(await askForOne(upstream, stream)).toEqual({ spent: cost, status: 200, words: 1 })
      expect(seen).toMatchObject([{ max_completion_tokens: 1, max_tokens: 1 }])
    }
  },
)

test.each(['max_completion_tokens', 'max_tokens'] as const)(
  'behavior: a server that refuses two names gets %s',
  async (name) => {
    const { seen, upstream } = knowing(name, name)
    expect(await askForOne(upstream, false)).toMatchObject({ status: 200, words: 1 })
    const [body = {}] = seen
    expect(Object.keys(body).filter((field) => field.startsWith('max_'))).toEqual([name])
  },
)

test('behavior: a server without limits sells no long answers for the price of short ones', async () => {
  const { upstream } = knowing('none')
  expect(await askForOne(upstream, false)).toEqual({ spent: 0n, status: 502, words: 0 })
  const { status, words } = await askForOne(upstream, true)
  expect(status).toBe(200)
  expect(words).toBeLessThanOrEqual(10)
})
