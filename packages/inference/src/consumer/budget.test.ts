import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { ask, hireBob, openShop } from '~test/market.js'

import type { Archive } from '../archive/archive.js'
import { createMemoryArchive } from '../archive/createMemoryArchive.js'
import { createSqliteArchive } from '../archive/createSqliteArchive.js'
import { listChannels } from '../books/listChannels.js'
import type { Budget } from './budget.js'
import type { Consumer } from './createConsumer.js'
import { BudgetExceededError, ChannelTakenError, ConsumerOptionError } from './errors.js'

let skew = 0
const now = () => Date.now() + skew
const shop = await openShop({ now })
const inn = await openShop({ now })
afterAll(() => Promise.all([shop.close(), inn.close()]))
isolate()
afterEach(() => {
  skew = 0
})

const hour = 3_600_000
const hire = (budget: Budget, rest: Partial<Parameters<typeof hireBob>[0]> = {}) =>
  hireBob({ budget, deposit: 10n ** 10n, now, ...rest })
const buy = async (consumer: Consumer, { max_tokens = 40, url = shop.url } = {}) =>
  (await consumer.fetch(`${url}/v1/completions`, ask({ max_tokens }))).text()
async function refuse(promise: Promise<unknown>): Promise<BudgetExceededError> {
  const error = await promise.then(
    () => expect.unreachable(),
    (reason: unknown) => reason,
  )
  if (error instanceof BudgetExceededError) return error
  throw error
}
async function sumSigned(store: Archive): Promise<bigint> {
  let sum = 0n
  for await (const { signed } of listChannels(store)) sum += signed
  return sum
}

test('default', async () => {
  const session = 600_000_000n
  const consumer = await hire({ session }, { deposit: undefined })
  // A request may have a twentieth of the session's budget, a provider and a day no more than all of it.
  expect(await refuse(buy(consumer))).toMatchObject({ budget: 'request', limit: 30_000_000n })
  await buy(consumer, { max_tokens: 5 })
  expect((await consumer.channel(shop.url)).deposit).toBe(session)
})

test('behavior: a session goes on after a restart, and another begins anew', async () => {
  const store = createMemoryArchive()
  const budget = { day: 10n ** 12n, provider: 10n ** 12n, request: 10n ** 9n, session: 100_000_000n }
  const buyAll = async (session: string) => {
    let spent = 0n
    for (;;) {
      const consumer = await hire(budget, { session, store })
      const before = consumer.spent()
      const error = await buy(consumer).catch((reason: unknown) => reason)
      spent += consumer.spent() - before
      if (error instanceof BudgetExceededError) return { error, spent }
      if (error instanceof Error) throw error
    }
  }
  const first = await buyAll('first')
  expect(first.error).toMatchObject({ budget: 'session', freesAt: undefined, origin: shop.url })
  expect(first.spent).toBeGreaterThan(50_000_000n)
  expect(first.spent).toBeLessThanOrEqual(100_000_000n)
  expect((await buyAll('first')).spent).toBe(0n)
  expect((await buyAll('second')).spent).toBeGreaterThan(50_000_000n)
})

test("behavior: the day's budget survives restarts and sessions, and frees up as bills grow old", async () => {
  const store = createMemoryArchive()
  const budget = { day: 80_000_000n, request: 10n ** 9n, session: 10n ** 12n }
  const restart = (session: string) => hire(budget, { session, store })
  const consumer = await restart('monday')
  await buy(consumer)
  await buy(consumer)
  await consumer.close(shop.url)
  const error = await refuse(buy(await restart('tuesday')))
  expect(error).toMatchObject({ budget: 'day', limit: budget.day })
  const { freesAt = 0 } = error
  expect(freesAt).toBeGreaterThan(now() + 23 * hour)
  expect(freesAt).toBeLessThanOrEqual(now() + 25 * hour)
  skew = freesAt - Date.now() - 10_000
  expect(await refuse(buy(await restart('still tuesday')))).toMatchObject({ budget: 'day', freesAt })
  skew = freesAt - Date.now() + 1_000
  await buy(await restart('wednesday'))
})

test('behavior: one provider is held apart from the others', async () => {
  const each = { provider: 60_000_000n, request: 10n ** 9n, session: 10n ** 12n }
  const consumer = await hire(each)
  await buy(consumer)
  const error = await refuse(buy(consumer, { max_tokens: 400 }))
  expect(error).toMatchObject({ budget: 'provider', limit: each.provider, origin: shop.url })
  await buy(consumer, { url: inn.url })
  const named = await hire({ ...each, provider: { [`${shop.url}/v1`]: 1_000_000n } })
  expect(await refuse(buy(named))).toMatchObject({ budget: 'provider', limit: 1_000_000n })
  await buy(named, { max_tokens: 400, url: inn.url })
})

test('behavior: what was signed counts until the bill says less or the channel closes', async () => {
  const budget = { day: 10n ** 12n, request: 10n ** 9n, session: 330_000_000n }
  const consumer = await hire(budget)
  // Signed for 400 tokens, and billed for a few: the rest serves the next request.
  const init = ask({ max_tokens: 400, stop: ['\n'] })
  for (let round = 0; round < 3; round++)
    await (await consumer.fetch(`${shop.url}/v1/completions`, init)).text()
  expect((await consumer.channel(shop.url)).signed).toBeLessThan(budget.session)
  // To another provider it is not free before the channel that could still take it has closed.
  const elsewhere = { max_tokens: 400, url: inn.url }
  expect(await refuse(buy(consumer, elsewhere))).toMatchObject({ budget: 'session' })
  await consumer.close(shop.url)
  await buy(consumer, elsewhere)
})

test('behavior: requests, consumers and processes at once never promise more than the day allows', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aitoken-budget-'))
  const path = join(folder, 'consumer.db')
  const stores = [createSqliteArchive({ path }), createSqliteArchive({ path })]
  const budget = { day: 150_000_000n, request: 10n ** 9n, session: 10n ** 12n }
  const consumers: Consumer[] = []
  for (const [index, store] of stores.entries())
    consumers.push(await hire(budget, { name: `worker ${index}`, session: `${index}`, store }))
  // The two share an account, and so the order of its transactions.
  for (const consumer of consumers) await Promise.all([consumer.channel(shop.url), consumer.channel(inn.url)])
  const attempts = await Promise.allSettled(
    Array.from({ length: 16 }, (_, index) => {
      const [left, right] = consumers
      const consumer = index % 2 ? left : right
      return consumer ? buy(consumer, { url: index % 4 < 2 ? shop.url : inn.url }) : expect.unreachable()
    }),
  )
  const refused = attempts.flatMap((attempt) => (attempt.status === 'rejected' ? [attempt.reason] : []))
  for (const reason of refused) expect(reason).toMatchObject({ budget: 'day', name: 'BudgetExceededError' })
  expect(refused.length).toBeGreaterThan(0)
  expect(refused.length).toBeLessThan(16)
  const [store = createMemoryArchive()] = stores
  expect(await sumSigned(store)).toBeLessThanOrEqual(budget.day)
  const spent = consumers.reduce((sum, consumer) => sum + consumer.spent(), 0n)
  expect(spent).toBeLessThanOrEqual(budget.day)
  for (const each of stores) await each.close()
  await rm(folder, { recursive: true })
})

test('error: ChannelTakenError', async () => {
  const store = createMemoryArchive()
  const budget = { request: 10n ** 9n, session: 10n ** 12n }
  const first = await hire(budget, { store })
  await buy(first)
  const second = await hire(budget, { store })
  await buy(second)
  await expect(buy(first)).rejects.toBeInstanceOf(ChannelTakenError)
  await buy(second)
  await buy(await hire(budget, { name: 'another', store }))
})

test('error: ConsumerOptionError', async () => {
  for (const wrong of [
    { day: 0n },
    { request: -1n },
    { session: 0n },
    { provider: 0n },
    { provider: { 'https://a.example': 0n } },
    { provider: { 'no URL': 1n } },
  ])
    await expect(hire({ session: 1n, ...wrong })).rejects.toBeInstanceOf(ConsumerOptionError)
  for (const wrong of [{ name: '' }, { session: 'x'.repeat(201) }, { receiptsKept: 0 }])
    await expect(hire({ session: 1n }, wrong)).rejects.toBeInstanceOf(ConsumerOptionError)
})
