import { afterEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { ask, openShop, prices } from '~test/market.js'
import { openPayer } from '~test/payer.js'

import { createMemoryStore } from '../store/createMemoryStore.js'
import type { Upstream } from '../upstream/upstream.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const events = 100
const prompt = 'word '.repeat(100)
const full = { completion_tokens: events, prompt_tokens: 100, total_tokens: events + 100 }

type Script = { input?: number; perEvent?: number; usageOf: (at: number) => unknown }

/** Streams so many events of text, with the usage that the script says after so many of them. */
function recite({ perEvent = 1, usageOf }: Script): Upstream {
  const write = (choices: unknown[], usage: unknown) =>
    `data: ${JSON.stringify({ choices, ...(usage === undefined ? {} : { usage }) })}\n\n`
  return {
    async fetch() {
      const list = Array.from({ length: events }, (_, at) =>
        write([{ finish_reason: null, index: 0, text: 'word '.repeat(perEvent) }], usageOf(at)),
      )
      list.push(write([{ finish_reason: 'stop', index: 0, text: '' }], undefined))
      const last = usageOf(events)
      if (last !== undefined) list.push(write([], last))
      list.push('data: [DONE]\n\n')
      let at = 0
      const body = new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            const event = list[at++]
            if (event) controller.enqueue(new TextEncoder().encode(event))
            else controller.close()
          },
        },
        { highWaterMark: 0 },
      )
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    },
  }
}

/** Bob takes a stream, until he has seen what he waits for; what the book says that he spent. */
async function take(script: Script, { until, ...options }: Record<string, unknown> & { until?: string }) {
  const upstream = recite(script)
  const store = createMemoryStore()
  const models = [{ id: 'shakespeare', maxOutputTokens: 4_096, prices, upstream }]
  const shop = await openShop({ models, store, upstream })
  closing.push(() => shop.close())
  const payer = await openPayer(shop.provider)
  const init = ask({ max_tokens: 4_000, prompt, stream: true, ...options })
  const headers = { ...init.headers, 'ai-payment': await payer.pay(10n ** 12n) }
  const { body } = await shop.provider.fetch(new Request(`${shop.url}/v1/completions`, { ...init, headers }))
  const reader = body?.getReader()
  let text = ''
  for (let done: boolean | undefined = false; done === false; ) {
    const chunk = await reader?.read()
    text += new TextDecoder().decode(chunk?.value)
    done = until !== undefined && text.includes(until) ? true : chunk?.done
  }
  await reader?.cancel()
  expect(shop.failures).toEqual([])
  const book = await store.transact(payer.channelId, (ledger) => ({ ledger, result: ledger }))
  expect(book?.reserved).toEqual([])
  return (book?.spent ?? 0n) - prices.request
}

const costOf = (input: number, output: number) =>
  (BigInt(input) * prices.input + BigInt(output) * prices.output + 999_999n) / 1_000_000n

const zero = { completion_tokens: 0, prompt_tokens: 0, total_tokens: 0 }
const counts: [string, (at: number) => unknown][] = [
  ['zeros until the end', (at) => (at < events ? zero : full)],
  ['zeros, also at the end', () => zero],
  ['null until the end', (at) => (at < events ? null : full)],
  ['nulls', () => ({ completion_tokens: null, prompt_tokens: null })],
  ['nothing', () => undefined],
  ['negatives', (at) => (at < events ? undefined : { completion_tokens: -5, prompt_tokens: -5 })],
  ['texts', (at) => (at < events ? undefined : { completion_tokens: '400', prompt_tokens: '1000' })],
  ['fractions', (at) => (at < events ? undefined : { completion_tokens: 40.5, prompt_tokens: 3 })],
  ['always one', (at) => (at < events ? { completion_tokens: 1, prompt_tokens: 100 } : full)],
  ['only in the middle', (at) => (at === 5 ? { completion_tokens: 6, prompt_tokens: 100 } : undefined)],
]

test.each(counts)('behavior: an upstream that counts %s gives nothing away', async (_, usageOf) => {
  const honest = costOf(100, events)
  for (const until of [undefined, '"finish_reason":"stop"']) {
    const spent = await take({ usageOf }, { ...(until && { until }) })
    expect(spent).toBeGreaterThanOrEqual(honest)
    // What nobody counted is an estimate.
    expect(spent).toBeLessThan((honest * 3n) / 2n)
  }
})

const late = (output: number, input: number) => (at: number) =>
  at < events ? undefined : { completion_tokens: output, prompt_tokens: input, total_tokens: input + output }
const numbers = Array.from({ length: 2_000 }, (_, at) => 1_000 + at)
const tools = [{ function: { description: 'word '.repeat(2_000), name: 'look' }, type: 'function' }]

test.each([
  { input: 2_000, name: 'tokens instead of a text', options: { prompt: numbers }, perEvent: 1 },
  { input: 2_000, name: 'long tools', options: { tools }, perEvent: 1 },
  { input: 100, name: 'events of twenty tokens', options: {}, perEvent: 20 },
])('behavior: who leaves before the count pays for $name', async ({ input, options, perEvent }) => {
  const output = events * perEvent
  const usageOf = late(output, input)
  const honest = costOf(input, output)
  // Text is over, so the count that follows is waited for.
  expect(await take({ perEvent, usageOf }, { ...options, until: '"finish_reason":"stop"' })).toBe(honest)
  // In the middle there is none: what was taken is estimated.
  const half = 'word '.repeat(perEvent)
  const spent = await take({ perEvent, usageOf }, { ...options, until: half })
  expect(spent).toBeGreaterThanOrEqual(costOf(input, perEvent))
  expect(spent).toBeLessThan(honest * 2n)
})
