import { afterEach, beforeEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { nthCharge } from '~test/charges.js'
import { ask, hireBob, openShop } from '~test/market.js'
import { openPayer } from '~test/payer.js'

import { createMemoryStore } from '../store/createMemoryStore.js'
import { decodeProblem } from '../wire/problemDocument.js'

isolate()

const path = '/v1/completions'
const unit = 10n ** 12n
const store = createMemoryStore()
let skew: number
let shop: Awaited<ReturnType<typeof openShop>>
let payer: Awaited<ReturnType<typeof openPayer>>
beforeEach(async () => {
  skew = 0
  shop = await openShop({ now: () => Date.now() + skew, priceValidity: 100, store })
  payer = await openPayer(shop.provider)
})
afterEach(() => shop.close())

const send = (payment: string, init = ask()) =>
  fetch(shop.url + path, { ...init, headers: { ...init.headers, 'ai-payment': payment } })
const readBook = () => store.transact(payer.channelId, (ledger) => ({ ledger, result: ledger }))
const nameOf = async (response: Response) => decodeProblem(await response.json())?.name

test('error: PriceChangedError for a quote that expired, which costs nothing', async () => {
  expect((await send(await payer.pay(unit))).status).toBe(200)
  const before = await readBook()
  skew = 102_000
  const response = await send(await payer.pay(2n * unit))
  expect([response.status, await nameOf(response)]).toEqual([402, 'PriceChangedError'])
  expect(await readBook()).toEqual(before)
})

test('behavior: of one payment that is sent many times at once, one is served', async () => {
  const payment = await payer.pay(unit)
  const responses = await Promise.all(Array.from({ length: 10 }, () => send(payment)))
  const statuses = responses.map(({ status }) => status).sort()
  expect(statuses).toEqual([200, ...Array(9).fill(402)])
  expect(await readBook()).toMatchObject({ authorized: unit, reserved: [], sequence: nthCharge(1) })
})

test('behavior: payments that race for the same credit never take more than there is', async () => {
  const payments = await Promise.all(
    Array.from({ length: 10 }, (_, index) => payer.pay(unit + BigInt(index))),
  )
  await Promise.all(payments.map((payment) => send(payment, ask({ max_tokens: 512 }))))
  const book = await readBook()
  expect(book?.reserved).toEqual([])
  expect(book?.spent).toBeLessThanOrEqual(book?.authorized ?? 0n)
})

test('behavior: who alters a request on its way is found out by the receipt', async () => {
  const consumer = await hireBob({
    fetch: (input, init) =>
      fetch(input, init?.body ? { ...init, body: String(ask({ prompt: 'Buy!' }).body) } : init),
  })
  await expect(consumer.fetch(shop.url + path, ask())).rejects.toMatchObject({ name: 'ReceiptMismatchError' })
})

test('behavior: a key that was used for one body buys no other, however the body is written', async () => {
  const init = ask()
  const named = async (amount: bigint, body: string) => {
    const headers = { 'ai-payment': await payer.pay(amount), 'idempotency-key': 'mine' }
    return fetch(shop.url + path, { ...init, body, headers })
  }
  const body = String(init.body)
  expect((await named(unit, body)).status).toBe(200)
  const before = await readBook()
  for (const other of [`${body} `, body.replace('"seed":1', '"seed":2')]) {
    const response = await named(2n * unit, other)
    expect([response.status, await nameOf(response)]).toEqual([422, 'IdempotencyConflictError'])
  }
  expect(await readBook()).toMatchObject({ reserved: [], spent: before?.spent })
})
