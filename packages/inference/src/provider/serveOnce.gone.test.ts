import { afterEach, beforeEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { nthCharge } from '~test/charges.js'
import { ask, openShop } from '~test/market.js'
import { openPayer } from '~test/payer.js'

import { createMemoryStore } from '../store/createMemoryStore.js'
import type { Upstream } from '../upstream/upstream.js'
import { createCommentSplitter } from '../wire/comment.js'
import { decodeProblem } from '../wire/problemDocument.js'

isolate()

const path = '/v1/completions'
const unit = 10n ** 12n
const event = 'data: {"choices":[{"index":0,"text":"O Romeo","finish_reason":null}]}\n\n'
const seen = { asked: 0, stopped: 0 }
const closing: (() => Promise<unknown>)[] = []

/** Begins to answer, and never comes to the end. */
const endless: Upstream = {
  async fetch(_, { body, signal }) {
    seen.asked++
    signal.addEventListener('abort', () => {
      seen.stopped++
    })
    const bytes = new TextEncoder().encode(event)
    if (
      !new TextDecoder()
        .decode(new Uint8Array(await new Response(body).arrayBuffer()))
        .includes('"stream":true')
    )
      return new Promise(() => undefined)
    return new Response(new ReadableStream({ start: (controller) => controller.enqueue(bytes) }))
  },
}
let shop: Awaited<ReturnType<typeof openShop>>
let payer: Awaited<ReturnType<typeof openPayer>>
const store = createMemoryStore()
beforeEach(async () => {
  Object.assign(seen, { asked: 0, stopped: 0 })
  shop = await openShop({ journal: { grace: 300 }, store, upstream: endless })
  closing.push(() => shop.close())
  payer = await openPayer(shop.provider)
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const send = async (amount: bigint, stream: boolean, signal?: AbortSignal) => {
  const init = ask({ stream })
  const headers = { ...init.headers, 'ai-payment': await payer.pay(amount), 'idempotency-key': 'first' }
  return fetch(shop.url + path, { ...init, headers, ...(signal && { signal }) })
}
const readBook = () => store.transact(payer.channelId, (ledger) => ({ ledger, result: ledger }))

test('behavior: a payer that stays away is charged the input, once', async () => {
  const abort = new AbortController()
  const first = send(unit, false, abort.signal)
  await expect.poll(() => seen.asked).toBe(1)
  abort.abort()
  await expect(first).rejects.toThrow()
  await expect.poll(async () => (await readBook())?.sequence).toEqual(nthCharge(1))
  expect(seen).toEqual({ asked: 1, stopped: 1 })
  const book = await readBook()
  expect(book?.spent).toBeGreaterThan(0n)
  const late = await send(3n * unit, false)
  expect(late.status).toBe(410)
  expect(decodeProblem(await late.json())).toMatchObject({ loss: 'abandoned', name: 'AnswerGoneError' })
  expect(await readBook()).toMatchObject({ reserved: [], sequence: nthCharge(1), spent: book?.spent })
})

test('behavior: a stream stops at once, and what was delivered of it comes again', async () => {
  const abort = new AbortController()
  const first = await send(unit, true, abort.signal)
  const reader = first.body?.getReader()
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(event)
  const left = performance.now()
  abort.abort()
  await expect.poll(() => seen.stopped, { interval: 5 }).toBe(1)
  expect(performance.now() - left).toBeLessThan(250)
  await expect.poll(async () => (await readBook())?.sequence).toEqual(nthCharge(1))
  const again = await send(2n * unit, true)
  const { bytes, comments } = createCommentSplitter().split(new Uint8Array(await again.arrayBuffer()))
  expect(new TextDecoder().decode(bytes)).toBe(event)
  expect(comments).toMatchObject([{ end: 'cancelled' }])
  expect(comments[0]?.receipt).toBeDefined()
  expect(seen.asked).toBe(1)
})
