import { afterEach, beforeEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { nthCharge } from '~test/charges.js'
import { deferred } from '~test/deferred.js'
import { ask, openShop, shakespeare } from '~test/market.js'
import { openPayer } from '~test/payer.js'

import { reserve } from '../ledger/reserve.js'
import { createMemoryStore } from '../store/createMemoryStore.js'
import type { LedgerStore } from '../store/store.js'
import type { Upstream } from '../upstream/upstream.js'

isolate()

const unit = 10n ** 12n
const reservationTtl = 600
const closing: (() => Promise<unknown>)[] = []
let clock: () => number
let payer: Awaited<ReturnType<typeof openPayer>>
let store: LedgerStore

type Process = Awaited<ReturnType<typeof start>>

/** A process that shares the books, and can stand still: then nothing that it does reaches them. */
async function start() {
  const model = await shakespeare()
  const state = { asked: 0, frozen: Promise.resolve(), model: Promise.resolve() }
  const upstream: Upstream = {
    ...model,
    async fetch(url, request) {
      state.asked++
      await state.model
      return model.fetch(url, request)
    },
  }
  const transact: LedgerStore['transact'] = async (channelId, fn) => {
    await state.frozen
    return store.transact(channelId, fn)
  }
  const books = { ...store, transact }
  const shop = await openShop({ now: () => clock(), reservationTtl, store: books, upstream })
  closing.push(() => shop.close())
  await shop.provider.quote()
  return { ...shop, state }
}

const send = async ({ url }: Process, amount: bigint, key?: string) => {
  const init = ask()
  const headers = { ...init.headers, 'ai-payment': await payer.pay(amount) }
  const named = key === undefined ? headers : { ...headers, 'idempotency-key': key }
  const response = await fetch(`${url}/v1/completions`, { ...init, headers: named })
  return {
    receipt: response.headers.get('ai-receipt'),
    status: response.status,
    text: await response.text(),
  }
}
const readBook = () => store.transact(payer.channelId, (ledger) => ({ ledger, result: ledger }))

let one: Process
let other: Process
beforeEach(async () => {
  // Price tables of the same second are the same.
  const began = Date.now()
  clock = () => began
  store = createMemoryStore()
  one = await start()
  other = await start()
  payer = await openPayer(one.provider)
  clock = Date.now
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Begins a request at the first process, and stops that process when its model has been asked. */
async function beginAndFreeze(key: string) {
  const [model, frozen] = [deferred<void>(), deferred<void>()]
  one.state.model = model.promise
  const answer = send(one, unit, key)
  await expect.poll(() => one.state.asked).toBe(1)
  one.state.frozen = frozen.promise
  model.resolve()
  return { answer, thaw: frozen.resolve }
}

test('default: a repetition is served as soon as the process that died is given up', async () => {
  const { answer, thaw } = await beginAndFreeze('first')
  const again = await send(other, 2n * unit, 'first')
  expect(again.status).toBe(200)
  expect(other.state.asked).toBe(1)
  const book = await readBook()
  // What was given up took a number, too.
  expect(book).toMatchObject({ reserved: [], sequence: nthCharge(2) })
  expect(book?.spent).toBe(book?.receipt?.cost)
  thaw()
  expect((await answer).status).toBe(500)
})

test('behavior: a process that lives keeps its request for as long as it takes', async () => {
  const model = deferred<void>()
  one.state.model = model.promise
  const first = send(one, unit, 'first')
  await expect.poll(() => one.state.asked).toBe(1)
  const again = send(other, 2n * unit, 'first')
  const written = async () => (await readBook())?.reserved[0]?.writtenAt
  const began = (await written()) ?? 0
  await expect.poll(written, { timeout: 5_000 }).toBeGreaterThan(began + 2 * reservationTtl)
  model.resolve()
  expect((await first).status).toBe(200)
  expect(await again).toEqual(await first)
  expect([one.state.asked, other.state.asked]).toEqual([1, 0])
  expect(await readBook()).toMatchObject({ reserved: [], sequence: nthCharge(1) })
})

test('behavior: a process that stood still charges nothing for what another serves anew', async () => {
  const { answer, thaw } = await beginAndFreeze('first')
  const model = deferred<void>()
  other.state.model = model.promise
  const again = send(other, 2n * unit, 'first')
  await expect.poll(() => other.state.asked, { timeout: 5_000 }).toBe(1)
  const before = await readBook()
  thaw()
  expect((await answer).status).toBe(500)
  expect(one.failures).toMatchObject([{ name: 'ReservationError' }])
  const { reserved, spent } = (await readBook()) ?? {}
  expect([reserved?.length, reserved?.[0]?.attempt, spent]).toEqual([1, before?.reserved[0]?.attempt, 0n])
  model.resolve()
  expect((await again).status).toBe(200)
  expect(await readBook()).toMatchObject({ reserved: [], sequence: nthCharge(2) })
  expect(await send(other, 3n * unit, 'first')).toEqual(await again)
})

test('behavior: credit that a dead process held is free for the next request', async () => {
  expect((await send(one, unit)).status).toBe(200)
  await store.transact(payer.channelId, (ledger) => {
    if (!ledger) throw new RangeError('There is no book')
    const amount = ledger.authorized - ledger.spent
    return {
      ledger: reserve(ledger, { amount, requestId: 'dead', writtenAt: Date.now() }),
      result: undefined,
    }
  })
  expect((await send(one, unit + 1n)).status).toBe(402)
  const skewed = Date.now() + reservationTtl + 1
  clock = () => skewed
  expect((await send(one, unit + 2n)).status).toBe(200)
  expect(await readBook()).toMatchObject({ reserved: [] })
})
