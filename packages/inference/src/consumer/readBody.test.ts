import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { ask, hireBob, openShop } from '~test/market.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

type Place = 'answer' | 'problem' | 'quote' | 'stream'

/** Mallory, who offers what an honest shop offers and answers without end at one place. */
async function openMallory(place: Place) {
  const shop = await openShop()
  closing.push(() => shop.close())
  // 64 MiB in 64 kB.
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 'a'))
  const explode = (response: ServerResponse, status: number, type: string) => {
    response.writeHead(status, { 'content-encoding': 'gzip', 'content-type': type })
    response.end(bomb)
  }
  let asked = 0
  const server = createServer(async (request, response) => {
    request.resume()
    const path = request.url ?? ''
    if (path.startsWith('/.well-known')) {
      if (place === 'quote') return explode(response, 200, 'application/json')
      return response.end(await (await fetch(shop.url + path)).text())
    }
    asked++
    if (place === 'problem') return explode(response, 402, 'application/problem+json')
    explode(response, 200, place === 'stream' ? 'text/event-stream' : 'application/json')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/completions`
  return { asked: () => asked, url }
}

test.each(['answer', 'quote', 'stream'] as const)(
  'error: the %s of a provider that does not end is not held in memory',
  async (place) => {
    const { asked, url } = await openMallory(place)
    const consumer = await hireBob({ maxAnswerBytes: 1_048_576 })
    const buying = consumer
      .fetch(url, ask({ stream: place === 'stream' }))
      .then((response) => response.text())
    await expect(buying).rejects.toMatchObject({ limit: 1_048_576, name: 'AnswerTooLargeError' })
    // To ask again would not help.
    expect(asked()).toBe(place === 'quote' ? 0 : 1)
  },
)

test('error: a problem that does not end is none', async () => {
  const { url } = await openMallory('problem')
  const consumer = await hireBob({ retries: 0 })
  await expect(consumer.fetch(url, ask())).rejects.toMatchObject({
    cause: { name: 'AnswerTooLargeError' },
    name: 'QuoteInvalidError',
  })
})

test('error: to hold nothing is no option', async () => {
  await expect(hireBob({ maxAnswerBytes: 0 })).rejects.toMatchObject({ name: 'ConsumerOptionError' })
})
