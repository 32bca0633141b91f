import { afterEach, expect, test } from 'vitest'
import { client, isolate } from '~test/anvil.js'
import { openDebt } from '~test/debtor.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function owe() {
  const debt = await openDebt()
  closing.push(debt.close)
  const tower = await debt.provider.watch({ confirmations: 3n, interval: 0 })
  /** Looks after so many more blocks. */
  const look = async (blocks = 0) => {
    if (blocks > 0) await client.mine({ blocks })
    return tower.tick({ now: await debt.chainNow(), sweep: true })
  }
  return { ...debt, look, tower }
}

/** The last blocks never happened: as many others, empty, take their place. */
const reorganise = async (depth: number) => {
  await client.request<{ Method: 'anvil_reorg'; Parameters: [number, never[]]; ReturnType: null }>({
    method: 'anvil_reorg',
    params: [depth, []],
  })
}

test('behavior: a settlement that vanished is settled again', async () => {
  const { book, channelId, look, provider, spent, state } = await owe()
  await look()
  expect((await provider.settle()).paid.get(channelId)).toBe(spent)
  await reorganise(1)
  expect((await state()).settled).toBe(0n)

  // A slow node would look the same, so nothing is believed yet.
  expect(await look()).toMatchObject({ alarms: [], hashes: [] })
  expect((await book())?.settled).toBe(spent)
  const { alarms, paid } = await look(3)
  expect(alarms).toContainEqual({ amount: spent, channelId, kind: 'undone' })
  expect(paid.get(channelId)).toBe(spent)
  expect((await state()).settled).toBe(spent)
  expect(await book()).toMatchObject({ settled: spent, spent, status: 'open' })
})

test('behavior: a settlement that vanished is settled at once when the payer is leaving', async () => {
  const { leave, look, provider, spent, state } = await owe()
  await provider.settle()
  await reorganise(1)
  await leave()
  expect((await look()).hashes).toHaveLength(1)
  expect((await state()).settled).toBe(spent)
})

test('behavior: a channel whose opening vanished is not served, and nothing is sent for it', async () => {
  // `anvil_reorg` keeps storage that was first written in the blocks it drops; a snapshot does not.
  const [before, id] = [await client.getBlockNumber(), await client.snapshot()]
  const { book, buy, channelId, look, spent, state } = await owe()
  await look()
  const depth = Number((await client.getBlockNumber()) - before)
  await client.revert({ id })
  await client.mine({ blocks: depth })
  expect((await state()).deposit).toBe(0n)
  await look()
  const { alarms, hashes } = await look(3)
  expect(alarms).toContainEqual({ amount: spent, channelId, kind: 'vanished' })
  expect(hashes).toEqual([])
  expect((await book())?.status).toBe('closing')
  expect((await buy()).status).toBe(402)
  expect((await look(3)).hashes).toEqual([])
})

test('behavior: an exit that vanished lets the channel be served again', async () => {
  const { book, buy, leave, look } = await owe()
  await leave()
  await look()
  expect((await book())?.status).toBe('closing')
  // The settlement, and the exit before it.
  await reorganise(2)
  await look()
  expect((await book())?.status).toBe('closing')
  await look(3)
  expect((await book())?.status).toBe('open')
  expect((await buy()).status).toBe(200)
})

test('behavior: an end that vanished is paid for again, and never served again', async () => {
  const { book, channelId, look, provider, spent, state } = await owe()
  await look()
  await provider.close(channelId)
  await reorganise(1)
  expect(await state()).toMatchObject({ closed: false, settled: 0n })
  await look()
  const { alarms } = await look(3)
  expect(alarms).toContainEqual({ amount: spent, channelId, kind: 'undone' })
  expect((await state()).settled).toBe(spent)
  expect(await book()).toMatchObject({ settled: spent, spent, status: 'closing' })
})
