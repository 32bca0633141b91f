import fc from 'fast-check'
import { parseGwei } from 'viem'
import { afterEach, expect, test } from 'vitest'
import { client, isolate } from '~test/anvil.js'
import { openDebt } from '~test/debtor.js'

import type { WatchOptions } from './watchtower.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function owe(options: WatchOptions) {
  const debt = await openDebt()
  closing.push(debt.close)
  return { ...debt, tower: await debt.provider.watch({ interval: 0, ...options }) }
}

const setBaseFee = (baseFeePerGas: bigint) => client.setNextBlockBaseFeePerGas({ baseFeePerGas })

test('behavior: what is owed is settled when it is old enough, and not before', async () => {
  const { chainNow, channelId, spent, tower } = await owe({ dust: 0n, maxAge: 3_600 })
  const now = await chainNow()
  expect((await tower.tick({ now, sweep: true })).exposure).toBe(spent)
  expect((await tower.tick({ now: now + 3_599_000, sweep: true })).hashes).toEqual([])
  expect((await tower.tick({ now: now + 3_600_000, sweep: true })).paid.get(channelId)).toBe(spent)
})

test('behavior: what is owed is settled when it is enough', async () => {
  const { buy, chainNow, channelId, provider, spent } = await owe({})
  const tower = await provider.watch({ interval: 0, settleAbove: spent * 2n })
  const now = await chainNow()
  expect((await tower.tick({ now, sweep: true })).hashes).toEqual([])
  await buy()
  expect((await tower.tick({ now, sweep: true })).paid.get(channelId)).toBe(spent * 2n)
})

test('behavior: while gas is dear small debts wait, and an exit is still answered in time', async () => {
  const { chainNow, channelId, leave, spent, state, tower } = await owe({
    maxAge: 1,
    maxGasPrice: parseGwei('5'),
  })
  await setBaseFee(parseGwei('500'))
  await client.mine({ blocks: 1 })
  const now = await chainNow()
  await tower.tick({ now, sweep: true })
  expect((await tower.tick({ now: now + 10_000, sweep: true })).hashes).toEqual([])
  await leave()
  // Gas may become cheaper until the margin begins.
  const { closeAt } = await state()
  expect((await tower.tick({ now: (closeAt - 301) * 1000 })).hashes).toEqual([])
  await setBaseFee(parseGwei('500'))
  expect((await tower.tick({ now: (closeAt - 300) * 1000 })).paid.get(channelId)).toBe(spent)
})

test('behavior: when gas becomes cheap again, what waited is settled', async () => {
  const { chainNow, channelId, spent, tower } = await owe({
    dust: 0n,
    maxAge: 1,
    maxGasPrice: parseGwei('5'),
  })
  await setBaseFee(parseGwei('500'))
  await client.mine({ blocks: 1 })
  const now = await chainNow()
  await tower.tick({ now, sweep: true })
  expect((await tower.tick({ now: now + 10_000, sweep: true })).hashes).toEqual([])
  await setBaseFee(parseGwei('1'))
  await client.mine({ blocks: 1 })
  expect((await tower.tick({ now: now + 20_000, sweep: true })).paid.get(channelId)).toBe(spent)
})

test('behavior: what is owed is weighed against the gas that it takes', async () => {
  // One native coin is worth so little that gas costs next to nothing, and so much that nothing is worth it.
  const cheap = await owe({ nativePrice: 1n, riskBps: 10_000n })
  const now = await cheap.chainNow()
  expect((await cheap.tower.tick({ now, sweep: true })).paid.get(cheap.channelId)).toBe(cheap.spent)
  const dear = await owe({ maxAge: 1, nativePrice: 10n ** 30n, riskBps: 10_000n })
  await dear.tower.tick({ now, sweep: true })
  expect((await dear.tower.tick({ now: now + 10_000, sweep: true })).hashes).toEqual([])
})

test('behavior: small debts wait until together they are worth a transaction', async () => {
  const gasPrice = await client.getGasPrice()
  const first = await owe({})
  // A channel is worth its own gas twice over, but not that of a transaction.
  const nativePrice = (first.spent * 10n ** 18n) / (2n * 12_000n * gasPrice)
  const alone = await first.provider.watch({ interval: 0, maxAge: 1, nativePrice, riskBps: 5_000n })
  const now = await first.chainNow()
  await alone.tick({ now, sweep: true })
  expect((await alone.tick({ now: now + 10_000, sweep: true })).hashes).toEqual([])
})

test('behavior: whoever stays has nothing small settled for its age, and whoever leaves pays for more gas', async () => {
  const { buy, chainNow, channelId, leave, provider, spent, tower } = await owe({ maxAge: 1 })
  const now = await chainNow()
  await tower.tick({ now, sweep: true })
  expect((await tower.tick({ now: now + 10_000, sweep: true })).hashes).toEqual([])
  // An operator who says what is worth a transaction is believed.
  const eager = await provider.watch({ dust: 0n, interval: 0, maxAge: 1 })
  await eager.tick({ now, sweep: true })
  expect((await eager.tick({ now: now + 10_000, sweep: true })).paid.get(channelId)).toBe(spent)
  await buy()
  await leave()
  expect((await tower.tick({ now: now + 20_000 })).paid.get(channelId)).toBe(spent)
})

test('behavior: an exit that owes less than its gas costs is not answered, also at the last moment', async () => {
  const { chainNow, channelId, leave, provider, spent, state } = await owe({})
  const gasPrice = await client.getGasPrice()
  // What is owed pays for half of its own transaction.
  const nativePrice = (2n * spent * 10n ** 18n) / (55_000n * gasPrice)
  const tower = await provider.watch({ interval: 0, nativePrice })
  const cheap = await provider.watch({ interval: 0, nativePrice: nativePrice / 10n })
  await leave()
  const now = await chainNow()
  expect((await tower.tick({ now, sweep: true })).hashes).toEqual([])
  const { closeAt } = await state()
  expect((await tower.tick({ now: (closeAt - 10) * 1000 })).hashes).toEqual([])
  expect((await cheap.tick({ now, sweep: true })).paid.get(channelId)).toBe(spent)
})

test('property: dust is never settled, whatever the schedule', async () => {
  const { chainNow, spent, provider } = await owe({})
  const now = await chainNow()
  const options = fc.record({
    dust: fc.bigInt({ max: spent * 3n, min: spent }),
    maxAge: fc.integer({ max: 10, min: 1 }),
    settleAbove: fc.option(fc.bigInt({ max: spent, min: 1n }), { nil: undefined }),
  })
  await fc.assert(
    fc.asyncProperty(options, async (schedule) => {
      const tower = await provider.watch({ interval: 0, ...schedule })
      await tower.tick({ now, sweep: true })
      return (await tower.tick({ now: now + 60_000, sweep: true })).hashes.length === 0
    }),
    { numRuns: 10 },
  )
})
