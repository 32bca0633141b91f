import { connect, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { nthCharge } from '~test/charges.js'
import { ask, openShop, shakespeare } from '~test/market.js'
import { openPayer } from '~test/payer.js'

import { createMemoryStore } from '../store/createMemoryStore.js'
import type { Upstream } from '../upstream/upstream.js'

isolate()

const unit = 10n ** 15n
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function open(upstream: Upstream) {
  const store = createMemoryStore()
  const shop = await openShop({ idleTimeout: 300, maxBodyBytes: 100_000, pauseTimeout: 300, store, upstream })
  closing.push(() => shop.close())
  const payer = await openPayer(shop.provider)
  const book = () => store.transact(payer.channelId, (ledger) => ({ ledger, result: ledger }))
  return { book, payer, shop }
}

/** A client that speaks HTTP by hand, and so can be as rude as it likes. */
async function dial(url: string) {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const heard = { text: '' }
  let ended = false
  socket.on('close', () => {
    ended = true
  })
  // A server that hangs up on it is what it deserves.
  socket.on('error', () => socket.destroy())
  await new Promise((resolve) => socket.once('connect', resolve))
  closing.push(async () => socket.destroy())
  return {
    ended: () => ended,
    heard,
    listen: () => socket.on('data', (bytes) => (heard.text += bytes.toString('latin1'))),
    socket,
  }
}

const head = (payment: string, more: string) =>
  `POST /v1/completions HTTP/1.1\r\nhost: x\r\nai-payment: ${payment}\r\ncontent-type: application/json\r\n${more}\r\n`

/** Writes for as long as the other side reads, and counts. */
const pour = (socket: Socket, chunk: string) => {
  const poured = { bytes: 0 }
  const write = () => {
    while (!socket.destroyed) {
      poured.bytes += chunk.length
      if (!socket.write(chunk)) return socket.once('drain', write)
    }
    return socket
  }
  write()
  return poured
}

test('behavior: a body without end is refused at the limit, and read no further', async () => {
  const { book, payer, shop } = await open(await shakespeare())
  const client = await dial(shop.url)
  client.listen()
  client.socket.write(head(await payer.pay(unit), 'transfer-encoding: chunked\r\n'))
  const poured = pour(client.socket, `2000\r\n${'x'.repeat(0x2000)}\r\n`)
  await expect.poll(() => client.heard.text).toContain('413')
  await expect.poll(client.ended).toBe(true)
  expect(poured.bytes).toBeLessThan(64 * 1_048_576)
  expect(await book()).toBeUndefined()
})

test('behavior: a body that claims to be huge is refused before it is read', async () => {
  const { book, payer, shop } = await open(await shakespeare())
  const client = await dial(shop.url)
  client.listen()
  client.socket.write(head(await payer.pay(unit), 'content-length: 1000000000000\r\n'))
  await expect.poll(() => client.heard.text).toContain('413')
  expect(await book()).toBeUndefined()
})

test('behavior: half a body, and then nothing, costs nothing', async () => {
  const { book, payer, shop } = await open(await shakespeare())
  const client = await dial(shop.url)
  client.socket.write(`${head(await payer.pay(unit), 'content-length: 1000\r\n')}{"model":`)
  client.listen()
  client.socket.end()
  await expect.poll(client.ended).toBe(true)
  expect(shop.failures).toEqual([])
  expect(await book()).toBeUndefined()
})

test.each([
  ['a header of a megabyte', `x-bomb: ${'a'.repeat(1_048_576)}\r\n`, '431'],
  ['ten thousand headers', 'x-bomb: a\r\n'.repeat(10_000), '431'],
  ['an idempotency key of 10 kB', `idempotency-key: ${'a'.repeat(10_000)}\r\n`, '400'],
  ['two idempotency keys', 'idempotency-key: a\r\nidempotency-key: b\r\n', '400'],
  ['two payments', 'ai-payment: v1.AAAA\r\n', '400'],
])('behavior: %s is refused', async (_, bomb, status) => {
  const { book, payer, shop } = await open(await shakespeare())
  const client = await dial(shop.url)
  client.listen()
  const body = String(ask().body)
  client.socket.write(head(await payer.pay(unit), `${bomb}content-length: ${body.length}\r\n`) + body)
  await expect.poll(() => client.heard.text).toContain(`HTTP/1.1 ${status}`)
  expect(await book()).toBeUndefined()
  // Whoever is next is served.
  const headers = { 'ai-payment': await payer.pay(unit) }
  expect((await fetch(`${shop.url}/v1/completions`, { ...ask(), headers })).status).toBe(200)
})

/** Talks without end, and counts what was taken of it. */
function endless() {
  const seen = { bytes: 0, stopped: 0 }
  const event = `data: {"choices":[{"index":0,"text":"${'O'.repeat(60_000)}","finish_reason":null}]}\n\n`
  const chunk = new TextEncoder().encode(event)
  const upstream: Upstream = {
    async fetch(_, { signal }) {
      signal.addEventListener('abort', () => {
        seen.stopped++
      })
      return new Response(
        new ReadableStream({
          pull(controller) {
            seen.bytes += chunk.length
            controller.enqueue(chunk)
          },
        }),
      )
    },
  }
  return { seen, upstream }
}

test.each([
  ['takes nothing', 0],
  ['takes a byte now and then', 1],
])('behavior: a reader that %s holds neither memory nor the model', async (_, perTick) => {
  const { seen, upstream } = endless()
  const { book, payer, shop } = await open(upstream)
  const client = await dial(shop.url)
  client.socket.pause()
  const body = String(ask({ max_tokens: 512, stream: true }).body)
  client.socket.write(head(await payer.pay(unit), `content-length: ${body.length}\r\n`) + body)
  const drip = setInterval(() => perTick > 0 && client.socket.read(perTick), 20)
  closing.push(async () => clearInterval(drip))
  await expect.poll(() => seen.stopped, { timeout: 10_000 }).toBeGreaterThan(0)
  // What the sockets of both sides hold, and no more.
  expect(seen.bytes).toBeLessThan(16 * 1_048_576)
  await expect.poll(async () => (await book())?.sequence).toEqual(nthCharge(1))
  expect(await book()).toMatchObject({ reserved: [] })
})
