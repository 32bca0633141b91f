import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { nthCharge } from '~test/charges.js'
import { ask, openShop } from '~test/market.js'
import { openPayer } from '~test/payer.js'

import { createMemoryStore } from '../store/createMemoryStore.js'
import { createOpenaiUpstream } from '../upstream/createOpenaiUpstream.js'
import { createCommentSplitter } from '../wire/comment.js'
import { decodeProblem } from '../wire/problemDocument.js'

isolate()

const limit = 4_194_304
const unit = 10n ** 12n
const event = 'data: {"choices":[{"index":0,"text":"O Romeo","finish_reason":null}]}\n\n'
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Writes for as long as it is read, and counts what it could write. */
const pour = (response: ServerResponse, chunk: string, poured: { bytes: number; closed: boolean }) => {
  const write = () => {
    while (!poured.closed && poured.bytes < 2 ** 33) {
      poured.bytes += chunk.length
      if (!response.write(chunk)) return response.once('drain', write)
    }
    return response.end()
  }
  write()
}

/** A shop whose model is served over a real socket, by who answers as the test likes. */
async function openShopAt(
  answer: (response: ServerResponse, poured: { bytes: number; closed: boolean }) => void,
) {
  const poured = { bytes: 0, closed: false }
  const server = createServer((request, response) => {
    request.resume()
    response
      .on('error', () => undefined)
      .on('close', () => {
        poured.closed = true
      })
    answer(response, poured)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  const store = createMemoryStore()
  const shop = await openShop({
    idleTimeout: 300,
    maxAnswerBytes: limit,
    store,
    upstream: createOpenaiUpstream({ apiKey: 'sk-canary', baseUrl: `http://127.0.0.1:${port}/v1` }),
    upstreamTimeout: 1_000,
  })
  closing.push(() => shop.close())
  const payer = await openPayer(shop.provider)
  const buy = async (stream: boolean) => {
    const init = ask({ stream })
    const headers = { ...init.headers, 'ai-payment': await payer.pay(unit), 'idempotency-key': 'first' }
    return fetch(`${shop.url}/v1/completions`, { ...init, headers })
  }
  const book = () => store.transact(payer.channelId, (ledger) => ({ ledger, result: ledger }))
  return { book, buy, payer, poured, shop }
}

const garbage: Record<string, (response: ServerResponse) => void> = {
  'a redirect': (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
  'a status without meaning': (response) => response.writeHead(599).end('sk-canary at /home/carol/key.pem'),
  'an answer without usage': (response) => response.end('{"choices":[]}'),
  'bytes that are no text': (response) => response.end(Buffer.from([0xff, 0xfe, 0, 1])),
  'half an answer': (response) => {
    response.writeHead(200, { 'content-length': 1_000 })
    response.write('{"choices":', () => response.destroy())
  },
  'headers without end': (response) => {
    const write = () => {
      while (response.socket?.write(`x-filler: ${'a'.repeat(1_000)}\r\n`));
      response.socket?.once('drain', write)
    }
    response.socket?.write('HTTP/1.1 200 OK\r\n')
    write()
  },
  nothing: (response) => response.end(),
  'text that is no JSON': (response) => response.end('<html>sk-canary</html>'),
}

test.each(Object.entries(garbage))('error: UpstreamError for %s, which costs nothing', async (_, answer) => {
  const { book, buy, shop } = await openShopAt(answer)
  const response = await buy(false)
  const text = (await response.text()) + JSON.stringify([...response.headers])
  expect(response.status).toBe(502)
  expect(text).not.toMatch(/canary|carol|\n +at |127\.0\.0\.1/)
  expect(await book()).toMatchObject({ reserved: [], spent: 0n })
  expect(shop.failures.length).toBeGreaterThan(0)
})

test('behavior: an answer without end is read up to the limit, and costs nothing', async () => {
  const { book, buy, poured } = await openShopAt((response, seen) => pour(response, 'x'.repeat(65_536), seen))
  const response = await buy(false)
  expect(response.status).toBe(502)
  expect(decodeProblem(await response.json())?.name).toBe('UpstreamError')
  await expect.poll(() => poured.closed).toBe(true)
  expect(poured.bytes).toBeLessThan(8 * limit)
  expect(await book()).toMatchObject({ reserved: [], spent: 0n })
})

test.each([
  ['an event that never ends', 'x'.repeat(65_536)],
  ['lines that never end an event', 'data: x\n'.repeat(8_192)],
])('behavior: %s breaks the stream off, and what came before is charged', async (_, chunk) => {
  const { book, buy, poured } = await openShopAt((response, seen) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(event, () => pour(response, chunk, seen))
  })
  const response = await buy(true)
  const { bytes, comments } = createCommentSplitter().split(new Uint8Array(await response.arrayBuffer()))
  expect(new TextDecoder().decode(bytes.subarray(0, event.length))).toBe(event)
  expect(bytes.length).toBeLessThan(1_000)
  expect(comments.at(-1)?.end).toBe('broken')
  await expect.poll(() => poured.closed).toBe(true)
  expect(poured.bytes).toBeLessThan(8 * limit)
  expect(await book()).toMatchObject({ reserved: [], sequence: nthCharge(1) })
})

test('behavior: a stream of comments without end breaks off at the limit', async () => {
  const { book, buy, poured } = await openShopAt((response, seen) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    pour(response, ': keep-alive\n\n'.repeat(5_000), seen)
  })
  const response = await buy(true)
  let length = 0
  for await (const chunk of response.body ?? []) length += chunk.length
  expect(length).toBeLessThan(2 * limit)
  await expect.poll(() => poured.closed).toBe(true)
  expect(await book()).toMatchObject({ reserved: [], sequence: nthCharge(1) })
})

test.each([true, false])('behavior: headers and then nothing, streaming %s: ends in time', async (stream) => {
  const { book, buy, poured } = await openShopAt((response) => response.writeHead(200).flushHeaders())
  const response = await buy(stream)
  const text = await response.text()
  expect(response.status).toBe(stream ? 200 : 504)
  expect(text).toMatch(stream ? /upstream-interrupted/ : /upstream-timeout/)
  await expect.poll(() => poured.closed).toBe(true)
  expect((await book())?.reserved).toEqual([])
})
