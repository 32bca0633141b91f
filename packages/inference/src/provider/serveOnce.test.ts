import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSqliteStore } from '@aitoken/inference/sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { client, deployment, isolate, mallory } from '~test/anvil.js'
import { nthCharge } from '~test/charges.js'
import { ask, openShop, shakespeare } from '~test/market.js'
import { openPayer } from '~test/payer.js'

import { getChannel } from '../channel/getChannel.js'
import { createMemoryStore } from '../store/createMemoryStore.js'
import { answersKept, type LedgerStore } from '../store/store.js'
import type { Upstream } from '../upstream/upstream.js'
import { decodeProblem } from '../wire/problemDocument.js'

isolate()

const path = '/v1/completions'
const unit = 10n ** 12n
let asked: number
/** What the model waits for before it answers. */
let gate: () => Promise<void>
let store: LedgerStore
let skew: number
/** Price tables of the same second are the same. */
const began = Date.now()
let shop: Awaited<ReturnType<typeof openShop>>
let payer: Awaited<ReturnType<typeof openPayer>>
const closing: (() => Promise<unknown>)[] = []

/** A model that counts who asks it, and answers when it may. */
const counting = async (): Promise<Upstream> => {
  const model = await shakespeare()
  return {
    ...model,
    async fetch(url, request) {
      asked++
      await gate()
      return model.fetch(url, request)
    },
  }
}

/** Lets nothing be answered until what it returns is called. */
const closeGate = () => {
  const news = new EventTarget()
  const opened = new Promise<void>((resolve) => news.addEventListener('open', () => resolve()))
  gate = () => opened
  return () => news.dispatchEvent(new Event('open'))
}

const open = async (parameters: Parameters<typeof openShop>[0] = {}) => {
  const upstream = await counting()
  const opened = await openShop({ now: () => began + skew, store, upstream, ...parameters })
  closing.push(() => opened.close())
  // Prices hold once they are quoted.
  await opened.provider.quote()
  return opened
}

beforeEach(async () => {
  asked = 0
  gate = async () => undefined
  skew = 0
  store = createMemoryStore()
  shop = await open()
  payer = await openPayer(shop.provider)
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const send = async (amount: bigint, key: string, options: Record<string, unknown> = {}, to = shop) => {
  const payment = await payer.pay(amount)
  return sendPayment(payment, key, ask(options), to)
}

const sendPayment = async (payment: string, key: string, init: RequestInit = ask(), to = shop) => {
  const headers = { ...init.headers, 'ai-payment': payment, 'idempotency-key': key }
  const response = await fetch(to.url + path, { ...init, headers })
  const receipt = response.headers.get('ai-receipt')
  const retryAfter = response.headers.get('retry-after')
  return { receipt, retryAfter, status: response.status, text: await response.text() }
}

const readBook = () => store.transact(payer.channelId, (ledger) => ({ ledger, result: ledger }))
const nameOf = ({ text }: { text: string }) => decodeProblem(JSON.parse(text))?.name

test.each([false, true])('default, streaming %s', async (stream) => {
  const first = await send(unit, 'first', { stream })
  expect(first.status).toBe(200)
  const book = await readBook()
  for (const amount of [unit, 2n * unit, unit - 1n]) {
    const again = await send(amount, 'first', { stream })
    expect(again).toEqual(first)
  }
  expect(asked).toBe(1)
  expect(await readBook()).toMatchObject({ receipt: book?.receipt, reserved: [], spent: book?.spent })
  const { spent } = await shop.provider.close(payer.channelId)
  expect(spent).toBe(book?.spent)
  const state = await getChannel(client, {
    channelId: payer.channelId,
    channels: deployment.paymentChannels,
  })
  expect(state).toMatchObject({ closed: true, settled: spent })
  // Its channel has ended, and still nothing is lost.
  expect(await send(3n * unit, 'first', { stream })).toEqual(first)
})

test('behavior: another key, or none, is another request', async () => {
  await send(unit, 'first')
  await send(2n * unit, 'second')
  const headers = { 'ai-payment': await payer.pay(3n * unit) }
  await fetch(shop.url + path, { ...ask(), headers })
  expect(asked).toBe(3)
  expect((await readBook())?.sequence).toEqual(nthCharge(3))
})

test.each([false, true])('behavior: many at once are served once, streaming %s', async (stream) => {
  const release = closeGate()
  const sending = Array.from({ length: 8 }, (_, index) =>
    send(unit + BigInt(index), 'first', { stream }).then((answer) => answer),
  )
  await expect.poll(() => asked).toBe(1)
  release()
  const answers = await Promise.all(sending)
  const served = answers.filter(({ status }) => status === 200)
  // Of vouchers that overtook each other some are refused, as without a key.
  expect(served.length).toBeGreaterThan(0)
  for (const { receipt, text } of served)
    expect([receipt, text]).toEqual([served[0]?.receipt, served[0]?.text])
  expect(asked).toBe(1)
  expect(await readBook()).toMatchObject({ reserved: [], sequence: nthCharge(1) })
})

test('behavior: a repetition waits for the first, and gets its answer', async () => {
  const release = closeGate()
  const first = send(unit, 'first')
  await expect.poll(() => asked).toBe(1)
  const same = send(unit, 'first')
  const higher = send(2n * unit, 'first')
  release()
  expect(await same).toEqual(await first)
  expect(await higher).toEqual(await first)
  expect(asked).toBe(1)
})

test('error: RequestInFlightError after the upstream had its time', async () => {
  const slow = await open({ upstreamTimeout: 300 })
  const release = closeGate()
  // The first one is served by a process with more patience.
  const first = send(unit, 'first')
  await expect.poll(() => asked).toBe(1)
  const again = await send(2n * unit, 'first', {}, slow)
  expect(again).toMatchObject({ retryAfter: '2', status: 409 })
  expect(nameOf(again)).toBe('RequestInFlightError')
  release()
  expect(await send(2n * unit, 'first', {}, slow)).toEqual(await first)
})

test('error: IdempotencyConflictError for another body, in flight and after', async () => {
  const release = closeGate()
  const first = send(unit, 'first')
  await expect.poll(() => asked).toBe(1)
  const other = await send(2n * unit, 'first', { prompt: 'ROMEO:\n' })
  expect([other.status, nameOf(other)]).toEqual([422, 'IdempotencyConflictError'])
  release()
  await first
  const book = await readBook()
  const later = await send(3n * unit, 'first', { prompt: 'ROMEO:\n' })
  expect([later.status, nameOf(later)]).toEqual([422, 'IdempotencyConflictError'])
  expect(await readBook()).toMatchObject({ reserved: [], sequence: nthCharge(1), spent: book?.spent })
  expect(asked).toBe(1)
})

test('error: IdempotencyKeyError', async () => {
  for (const key of ['a b', 'k'.repeat(256), 'ключ'.replace(/./g, '\u00e9')]) {
    const answer = await send(unit, key)
    expect([answer.status, nameOf(answer)]).toEqual([400, 'IdempotencyKeyError'])
  }
  expect((await send(unit, 'k'.repeat(255))).status).toBe(200)
})

test('behavior: Mallory learns nothing by the key of another payer', async () => {
  const first = await send(unit, 'first')
  for (const amount of [unit - 1n, unit, 2n * unit]) {
    const stolen = await sendPayment(await payer.pay(amount, { signer: mallory }), 'first')
    expect(stolen.status).toBe(402)
    expect(stolen.text).not.toContain(JSON.parse(first.text).choices[0].text)
  }
  const before = await readBook()
  const own = payer
  payer = await openPayer(shop.provider)
  const hers = await send(unit, 'first')
  expect(hers.receipt).not.toBe(first.receipt)
  expect(asked).toBe(2)
  payer = own
  expect((await readBook())?.spent).toBe(before?.spent)
})

test('behavior: a provider that starts anew on the same file knows the answer', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aitoken-'))
  closing.push(() => rm(folder, { recursive: true }))
  store = createSqliteStore({ path: join(folder, 'books.sqlite') })
  const first = await send(unit, 'first', {}, await open())
  await store.close()
  store = createSqliteStore({ path: join(folder, 'books.sqlite') })
  expect(await send(2n * unit, 'first', {}, await open())).toEqual(first)
  await store.close()
  expect(asked).toBe(1)
})

test('behavior: what fails is charged nothing, and the key is free again', async () => {
  gate = () => Promise.reject(new TypeError('fetch failed'))
  const failed = await send(unit, 'first')
  expect(failed.status).toBe(502)
  gate = async () => undefined
  expect((await send(2n * unit, 'first', { prompt: 'ROMEO:\n' })).status).toBe(200)
  expect(await readBook()).toMatchObject({ reserved: [], sequence: nthCharge(1) })
})

test('behavior: an answer is forgotten after its time', async () => {
  const brief = await open({ journal: { ttl: 1_000 } })
  const first = await send(unit, 'first', {}, brief)
  skew = 999
  expect(await send(2n * unit, 'first', {}, brief)).toEqual(first)
  skew = 1_000
  const again = await send(3n * unit, 'first', {}, brief)
  expect(again.status).toBe(200)
  expect(again.receipt).not.toBe(first.receipt)
  expect(asked).toBe(2)
})

test('behavior: of many answers the oldest makes room', async () => {
  await send(unit, 'oldest')
  for (let index = 1; index <= answersKept; index++) await send(unit * BigInt(index + 1), `later-${index}`)
  const more = unit * BigInt(answersKept + 2)
  await send(more, 'later-1')
  expect(asked).toBe(answersKept + 1)
  await send(more + 1n, 'oldest')
  expect(asked).toBe(answersKept + 2)
})

test('behavior: without a journal keys mean nothing', async () => {
  const plain = await open({ journal: false })
  await send(unit, 'first', {}, plain)
  await send(2n * unit, 'first', {}, plain)
  expect(asked).toBe(2)
})

test('behavior: an answer that is too large to keep is charged once, and not given again', async () => {
  const small = await open({ journal: { maxAnswerBytes: 100 } })
  for (const [index, stream] of [false, true].entries()) {
    const amount = BigInt(index + 1) * 10n * unit
    expect((await send(amount, `large-${stream}`, { stream }, small)).status).toBe(200)
    const book = await readBook()
    const again = await send(amount + unit, `large-${stream}`, { stream }, small)
    expect([again.status, nameOf(again)]).toEqual([410, 'AnswerGoneError'])
    expect(await readBook()).toMatchObject({ reserved: [], spent: book?.spent })
  }
})

test('behavior: what is kept reveals nothing, and an altered row charges nothing', async () => {
  const kept: Uint8Array[] = []
  const inner = createMemoryStore()
  let alter = (body: Uint8Array) => body
  store = {
    ...inner,
    async findAnswer(...parameters) {
      const answer = await inner.findAnswer(...parameters)
      return answer && { ...answer, body: alter(answer.body) }
    },
    transact: (channelId, fn) =>
      inner.transact(channelId, (ledger) => {
        const transition = fn(ledger)
        if (transition.answer) kept.push(transition.answer.body)
        return transition
      }),
  }
  const watched = await open()
  const first = await send(unit, 'top-secret', {}, watched)
  const dump = new TextDecoder('latin1').decode(kept[0])
  expect(dump).not.toContain(JSON.parse(first.text).choices[0].text.slice(0, 8))
  expect(dump).not.toContain('choices')
  const book = await readBook()
  const length = kept[0]?.length ?? 0
  for (const at of [0, 1, 13, 44, 45, 77, length - 1]) {
    alter = (body) => body.map((byte, index) => (index === at ? byte ^ 1 : byte))
    const again = await send(unit, 'top-secret', {}, watched)
    expect(again.status).toBe(500)
  }
  expect(watched.failures.map((error) => (error as Error).name)).toEqual(Array(7).fill('JournalCorruptError'))
  expect(await readBook()).toEqual(book)
})
