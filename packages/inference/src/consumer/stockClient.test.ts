import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import OpenAI from 'openai'
import { afterEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { ask, hireBob, openShop } from '~test/market.js'

import { createOpenaiUpstream } from '../upstream/createOpenaiUpstream.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A model server over a real socket, which writes when the test says so. */
async function startPuppet() {
  const waiting: ((response: ServerResponse) => void)[] = []
  const begun: ServerResponse[] = []
  const server = createServer((request, response) => {
    request.resume()
    const take = waiting.shift()
    if (take) take(response)
    else begun.push(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  return {
    /** The next request, answered by a stream that the test writes. */
    async next() {
      const response =
        begun.shift() ?? (await new Promise<ServerResponse>((resolve) => waiting.push(resolve)))
      return response.writeHead(200, { 'content-type': 'text/event-stream' })
    },
    upstream: createOpenaiUpstream({ baseUrl: `http://127.0.0.1:${port}/v1` }),
  }
}

/** Carol sells the puppet; Bob buys with OpenAI's own client. */
async function openPuppetShop(options: Parameters<typeof openShop>[0] = {}) {
  const puppet = await startPuppet()
  const shop = await openShop({ upstream: puppet.upstream, ...options })
  closing.push(() => shop.close())
  const consumer = await hireBob()
  const openai = new OpenAI({
    apiKey: 'sk-none',
    baseURL: `${shop.url}/v1`,
    fetch: consumer.fetch,
    maxRetries: 0,
  })
  return { consumer, openai, puppet, shop }
}

const chatEvent = (content: string, finish: string | null = null) =>
  `data: ${JSON.stringify({
    choices: [{ delta: { content }, finish_reason: finish, index: 0 }],
    created: 0,
    id: 'chatcmpl-0',
    model: 'shakespeare',
    object: 'chat.completion.chunk',
  })}\n\n`
const textEvent = (text: string, finish: string | null = null) =>
  `data: ${JSON.stringify({
    choices: [{ finish_reason: finish, index: 0, logprobs: null, text }],
    created: 0,
    id: 'cmpl-0',
    model: 'shakespeare',
    object: 'text_completion',
  })}\n\n`
const usageEvent = (words: number) =>
  `data: ${JSON.stringify({
    choices: [],
    usage: { completion_tokens: words, prompt_tokens: 5, total_tokens: 5 + words },
  })}\n\n`
const done = 'data: [DONE]\n\n'

test('behavior: a chat reaches the client event by event, before the model has written the next', async () => {
  const { consumer, openai, puppet, shop } = await openPuppetShop()
  const asked = openai.chat.completions.create({
    max_tokens: 50,
    messages: [{ content: 'Wherefore?', role: 'user' }],
    model: 'shakespeare',
    stream: true,
  })
  const response = await puppet.next()
  response.write(chatEvent('O'))
  const events = (await asked)[Symbol.asyncIterator]()
  for (const word of ['O', ' Romeo', ' Romeo']) {
    // Nothing but this one was written yet.
    const { value } = await events.next()
    expect(value?.choices[0]?.delta.content).toBe(word)
    response.write(chatEvent(' Romeo'))
  }
  response.end(chatEvent('', 'stop') + usageEvent(4) + done)
  let rest = ''
  for (let next = await events.next(); !next.done; next = await events.next())
    rest += next.value.choices[0]?.delta.content ?? ''
  expect(rest).toBe(' Romeo')
  expect(consumer.spent()).toBeGreaterThan(0n)
  expect((await consumer.close(shop.url)).disputed).toBe(0n)
})

test('behavior: a completion reaches the client event by event, too', async () => {
  const { openai, puppet } = await openPuppetShop()
  const asked = openai.completions.create({
    max_tokens: 50,
    model: 'shakespeare',
    prompt: 'Wherefore?',
    stream: true,
  })
  const response = await puppet.next()
  response.write(textEvent('O'))
  const events = (await asked)[Symbol.asyncIterator]()
  expect((await events.next()).value?.choices[0]?.text).toBe('O')
  response.end(textEvent(' Romeo', 'stop') + usageEvent(2) + done)
  expect((await events.next()).value?.choices[0]?.text).toBe(' Romeo')
  expect((await events.next()).done).toBe(true)
})

test('behavior: who leaves stops the model, over real connections', async () => {
  const { consumer, openai, puppet, shop } = await openPuppetShop()
  const asked = openai.chat.completions.create({
    max_tokens: 50,
    messages: [{ content: 'Wherefore?', role: 'user' }],
    model: 'shakespeare',
    stream: true,
  })
  const response = await puppet.next()
  const hungUp = new Promise((resolve) => response.on('close', resolve))
  response.write(chatEvent('O'))
  const stream = await asked
  for await (const event of stream) {
    expect(event.choices[0]?.delta.content).toBe('O')
    break
  }
  await hungUp
  const { spent } = await consumer.close(shop.url)
  expect(spent).toBeGreaterThan(0n)
})

test('behavior: a reader that is slow holds the model back instead of filling memory', async () => {
  const puppet = await startPuppet()
  const shop = await openShop({ upstream: puppet.upstream, streamWindow: 100_000 })
  closing.push(() => shop.close())
  const consumer = await hireBob()
  const asked = consumer.fetch(`${shop.url}/v1/completions`, ask({ max_tokens: 512, stream: true }))
  const response = await puppet.next()
  const event = textEvent('x'.repeat(100_000))
  let written = 0
  const write = () => {
    while (written < 400) {
      written += 1
      if (!response.write(event)) return
    }
  }
  response.on('drain', write)
  write()
  const reader = (await asked).body?.getReader()
  await reader?.read()
  // Forty megabytes are to come: sockets hold a few of them, and then the model waits.
  let before = -1
  while (written !== before) {
    before = written
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
  }
  expect(written).toBeLessThan(200)
  await reader?.cancel()
})

test('property: the model’s bytes arrive as they were written, however they were cut', async () => {
  const { consumer, puppet, shop } = await openPuppetShop()
  const text = fc.string({ maxLength: 20, unit: 'grapheme' })
  await fc.assert(
    fc.asyncProperty(
      fc.array(text, { maxLength: 8, minLength: 1 }),
      fc.constantFrom('\n', '\r\n'),
      fc.array(fc.nat({ max: 2_000 }), { maxLength: 6 }),
      async (words, newline, cuts) => {
        const asked = consumer.fetch(
          `${shop.url}/v1/completions`,
          ask({ max_tokens: 200, stream: true, stream_options: { include_usage: true } }),
        )
        const response = await puppet.next()
        const whole = `: a comment\n\n${words.map((word) => textEvent(word)).join('')}${textEvent('', 'stop')}${usageEvent(words.length)}${done}`
        const bytes = Buffer.from(whole.replaceAll('\n', newline))
        const edges = [...new Set([0, ...cuts.filter((cut) => cut < bytes.length), bytes.length])].sort(
          (one, other) => one - other,
        )
        for (const [index, edge] of edges.entries())
          await new Promise((resolve) => response.write(bytes.subarray(edge, edges[index + 1]), resolve))
        response.end()
        const received = Buffer.from(await (await asked).arrayBuffer())
        expect(received.toString()).toBe(bytes.toString())
      },
    ),
    { numRuns: 60, seed: 3 },
  )
  expect((await consumer.close(shop.url)).disputed).toBe(0n)
})
