import { parseGwei } from 'viem'
import { afterEach, expect, test } from 'vitest'
import { carol, client, isolate } from '~test/anvil.js'
import { openDebt } from '~test/debtor.js'

import { beginClose } from '../ledger/close.js'
import { createLedger } from '../ledger/createLedger.js'
import { isCutOff } from './finishClosings.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Longer than a closing takes that is under way. */
const later = 6 * 45_000

/** Bob owes, and the gateway died after it had begun to close. */
async function crash(settleFirst = false) {
  const debt = await openDebt()
  closing.push(debt.close)
  const { channelId, provider, store } = debt
  if (settleFirst) await provider.settle()
  await store.transact(channelId, (held) => ({ ledger: held && beginClose(held), result: undefined }))
  return {
    ...debt,
    now: await debt.chainNow(),
    tower: await provider.watch({ interval: 0, maxHeadAge: 10 * later }),
  }
}

test.each([false, true])('default, with everything settled before: %s', async (settleFirst) => {
  const { book, buy, channelId, now, spent, state, tower } = await crash(settleFirst)
  expect((await buy()).status).toBe(402)
  expect((await tower.tick({ now, sweep: true })).hashes).toEqual([])
  // It might be under way in another process.
  expect((await tower.tick({ now: now + later - 1, sweep: true })).hashes).toEqual([])
  const { alarms, hashes, paid } = await tower.tick({ now: now + later, sweep: true })
  expect([alarms, hashes.length]).toEqual([[], 1])
  expect(paid.get(channelId)).toBe(settleFirst ? 0n : spent)
  expect(await state()).toMatchObject({ closed: true, settled: spent })
  expect(await book()).toMatchObject({ settled: spent, status: 'closed' })
  expect((await tower.tick({ now: now + 2 * later, sweep: true })).hashes).toEqual([])
})

test('behavior: a closing that went on meanwhile is not finished again', async () => {
  const { channelId, now, provider, tower } = await crash()
  await tower.tick({ now, sweep: true })
  await provider.close(channelId)
  expect(await tower.tick({ now: now + later, sweep: true })).toMatchObject({ alarms: [], hashes: [] })
})

test('behavior: while gas is dear, nothing is finished', async () => {
  const { now, provider, state } = await crash()
  const tower = await provider.watch({ interval: 0, maxGasPrice: parseGwei('5') })
  await client.setNextBlockBaseFeePerGas({ baseFeePerGas: parseGwei('500') })
  await client.mine({ blocks: 1 })
  await tower.tick({ now, sweep: true })
  expect((await tower.tick({ now: now + later, sweep: true })).hashes).toEqual([])
  expect((await state()).closed).toBe(false)
})

test('behavior: what cannot be closed for certain is said, and served again', async () => {
  const { book, buy, now, tower, wallet } = await crash()
  await tower.tick({ now, sweep: true })
  const { address } = carol
  const balance = await wallet.getBalance({ address })
  await client.setBalance({ address, value: 0n })
  const { alarms } = await tower.tick({ now: now + later, sweep: true })
  expect(alarms).toMatchObject([{ kind: 'unsettled' }])
  await client.setBalance({ address, value: balance })
  expect((await book())?.status).toBe('open')
  expect((await buy()).status).toBe(200)
})

test('behavior: an exit of the payer is left to end', async () => {
  const { book, channel, channelId } = await crash()
  const ledger = await book()
  expect(ledger && isCutOff(ledger)).toBe(true)
  expect(ledger && isCutOff({ ...ledger, closeAt: 1 })).toBe(false)
  const state = { closeAt: 0, closed: false, deposit: 10n, settled: 0n }
  const fresh = { channel, channelId, margin: 0n, signer: channel.payer, state, syncedAt: 0 }
  expect(isCutOff(createLedger(fresh))).toBe(false)
})
