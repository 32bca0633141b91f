import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSqliteStore } from '@aitoken/inference/sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { nthCharge } from '~test/charges.js'
import { ask, openShop, shakespeare } from '~test/market.js'
import { openPayer } from '~test/payer.js'

import type { Upstream } from '../upstream/upstream.js'

isolate()

const unit = 10n ** 12n
/** Price tables of the same second are the same. */
const began = Date.now()
const closing: (() => Promise<unknown>)[] = []
let asked: number
/** What the model waits for before it answers. */
let gate: () => Promise<void>
let path: string

beforeEach(async () => {
  asked = 0
  gate = async () => undefined
  const folder = await mkdtemp(join(tmpdir(), 'aitoken-'))
  closing.push(() => rm(folder, { recursive: true }))
  path = join(folder, 'books.sqlite')
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A shop with a handle of its own on the books, as every process has one. */
async function openBranch() {
  const model = await shakespeare()
  const upstream: Upstream = {
    ...model,
    async fetch(url, request) {
      asked++
      await gate()
      return model.fetch(url, request)
    },
  }
  const store = createSqliteStore({ path })
  closing.push(() => store.close())
  const shop = await openShop({ now: () => began, store, upstream })
  closing.push(() => shop.close())
  await shop.provider.quote()
  return { ...shop, store }
}

test('behavior: a repetition at a gateway beside it waits for the first, and gets its answer', async () => {
  const [one, other] = [await openBranch(), await openBranch()]
  const payer = await openPayer(one.provider)
  const send = async (url: string, amount: bigint) => {
    const init = ask()
    const headers = { ...init.headers, 'ai-payment': await payer.pay(amount), 'idempotency-key': 'first' }
    const response = await fetch(`${url}/v1/completions`, { ...init, headers })
    return {
      receipt: response.headers.get('ai-receipt'),
      status: response.status,
      text: await response.text(),
    }
  }
  const news = new EventTarget()
  const opened = new Promise<void>((resolve) => news.addEventListener('open', () => resolve()))
  gate = () => opened
  const first = send(one.url, unit)
  await expect.poll(() => asked).toBe(1)
  const again = send(other.url, 2n * unit)
  news.dispatchEvent(new Event('open'))
  expect((await first).status).toBe(200)
  expect(await again).toEqual(await first)
  expect(asked).toBe(1)
  expect(await read(one.store, payer.channelId)).toMatchObject({ reserved: [], sequence: nthCharge(1) })
})

const read = (store: ReturnType<typeof createSqliteStore>, channelId: `0x${string}`) =>
  store.transact(channelId, (ledger) => ({ ledger, result: ledger }))
