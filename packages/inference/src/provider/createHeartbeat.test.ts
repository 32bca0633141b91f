import type { Hex } from 'viem'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { bookOf } from '~test/storeConformance.js'

import { reserve } from '../ledger/reserve.js'
import { createMemoryStore } from '../store/createMemoryStore.js'
import type { LedgerStore } from '../store/store.js'
import { type Activity, beginActivity } from './activity.js'
import { createHeartbeat } from './createHeartbeat.js'

const ttl = 60_000
const channels = [`0x${'11'.repeat(32)}`, `0x${'22'.repeat(32)}`] as const

beforeEach(() => vi.useFakeTimers({ now: 1_795_000_000_000 }))
afterEach(() => vi.useRealTimers())

/** A heart, the requests that it looks after, and the books. */
function open() {
  const inner = createMemoryStore()
  const state: { broken: boolean; errors: unknown[]; writes: Hex[] } = {
    broken: false,
    errors: [],
    writes: [],
  }
  const transact: LedgerStore['transact'] = async (channelId, fn) => {
    state.writes.push(channelId)
    if (state.broken) throw new RangeError('The disk is full')
    return inner.transact(channelId, fn)
  }
  const running = new Set<Activity>()
  const onError = (error: unknown) => state.errors.push(error)
  const heart = createHeartbeat({
    activities: { running: () => running },
    now: Date.now,
    onError,
    store: { transact },
    ttl,
  })

  /** Begins a request that holds credit. */
  const take = async (channelId: Hex, requestId: string, attempt?: string) => {
    const writtenAt = Date.now()
    await inner.transact(channelId, (held = bookOf(channelId)) => ({
      ledger: reserve(held, { amount: 1n, attempt, requestId, writtenAt }),
      result: undefined,
    }))
    const activity = beginActivity('test')
    activity.held = { attempt, channelId, requestId, writtenAt }
    running.add(activity)
    heart.start()
    return { activity, end: () => running.delete(activity) }
  }
  /** How old what is held is, in milliseconds. */
  const ages = (channelId: Hex) =>
    inner.transact(channelId, (ledger) => ({
      ledger,
      result: ledger?.reserved.map(({ writtenAt }) => Date.now() - writtenAt),
    }))
  return { ages, heart, running, state, take }
}

test('default: what is held is written every third of its time, once for each channel, and no longer', async () => {
  const { ages, state, take } = open()
  const taken = [await take(channels[0], 'a'), await take(channels[0], 'b'), await take(channels[1], 'c')]
  await vi.advanceTimersByTimeAsync(19_999)
  expect(state.writes).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(state.writes).toEqual(channels)
  expect([await ages(channels[0]), await ages(channels[1])]).toEqual([[0, 0], [0]])
  await vi.advanceTimersByTimeAsync(20_000)
  expect(state.writes).toEqual([...channels, ...channels])
  for (const { end } of taken) end()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(state.writes).toHaveLength(4)
  expect(vi.getTimerCount()).toBe(0)
  // It begins again with the next request.
  await take(channels[1], 'd')
  await vi.advanceTimersByTimeAsync(20_000)
  expect(state.writes).toHaveLength(5)
})

test('behavior: a write that fails is tried again in time', async () => {
  const { ages, state, take } = open()
  await take(channels[0], 'a')
  state.broken = true
  await vi.advanceTimersByTimeAsync(30_000)
  expect(state.errors).toHaveLength(2)
  state.broken = false
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await ages(channels[0])).toEqual([0])
})

test('behavior: what another attempt holds is left alone', async () => {
  const { ages, state, take } = open()
  const { activity } = await take(channels[0], 'a', 'second')
  activity.held = activity.held && { ...activity.held, attempt: 'first' }
  await vi.advanceTimersByTimeAsync(20_000)
  expect(activity.held).toBeUndefined()
  expect(await ages(channels[0])).toEqual([20_000])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(state.writes).toHaveLength(1)
})

test('behavior: nothing beats after the stop', async () => {
  const { heart, state, take } = open()
  await take(channels[0], 'a')
  await heart.stop()
  expect(vi.getTimerCount()).toBe(0)
  heart.start()
  await vi.advanceTimersByTimeAsync(60_000)
  expect([vi.getTimerCount(), state.writes]).toEqual([0, []])
})
