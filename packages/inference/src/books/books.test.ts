import fc from 'fast-check'
import type { Hex } from 'viem'
import { expect, test } from 'vitest'

import type { Archive } from '../archive/archive.js'
import { createMemoryArchive } from '../archive/createMemoryArchive.js'
import { ArchiveDamagedError } from '../archive/errors.js'
import {
  type Books,
  dropChannel,
  emptyBooks,
  enterBill,
  findRelief,
  putChannel,
  sumDay,
  sumSession,
} from './books.js'
import type { ChannelRecord } from './channelRecord.js'
import { createBookkeeper } from './createBookkeeper.js'
import { decodeBooks, encodeBooks } from './encodeBooks.js'
import { listChannels } from './listChannels.js'

const hour = 3_600_000
const idOf = (index: number): Hex => `0x${index.toString(16).padStart(64, '0')}`
const address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const recordOf = (index: number, changes: Partial<ChannelRecord> = {}): ChannelRecord => ({
  billed: 0n,
  channel: { authorizedSigner: address, payee: address, payer: address, salt: idOf(index), token: address },
  channelId: idOf(index),
  deposit: 10n ** 18n,
  holder: 'h',
  name: 'n',
  openedAt: 1,
  origin: `https://${index}.example`,
  session: 's',
  signed: 0n,
  status: 'open',
  ...changes,
})

/** A bill of one channel, after it was promised, so many milliseconds after the one before. */
const steps = fc.array(
  fc.record({
    after: fc.nat(5 * hour),
    bill: fc.bigInt({ max: 100n, min: 0n }),
    channel: fc.nat(2),
    open: fc.bigInt({ max: 100n, min: 0n }),
  }),
  { maxLength: 40 },
)

test('property: the sums are those of what was billed and promised, and the day forgets in time', () => {
  fc.assert(
    fc.property(steps, (history) => {
      let books: Books = emptyBooks()
      for (let index = 0; index < 3; index++) books = putChannel(books, recordOf(index))
      const bills: { amount: bigint; at: number; channel: number }[] = []
      let now = 1_795_000_000_000
      for (const { after, bill, channel, open } of history) {
        now += after
        const record = books.channels.get(idOf(channel))
        if (!record) return expect.unreachable()
        const promised = { ...record, signed: record.billed + bill + open }
        books = enterBill(putChannel(books, promised), { amount: bill, now, record: promised })
        bills.push({ amount: bill, at: now, channel })
      }
      const sum = (amounts: readonly { amount: bigint }[]) =>
        amounts.reduce((all, { amount }) => all + amount, 0n)
      const open = [...books.channels.values()].reduce(
        (all, record) => all + record.signed - record.billed,
        0n,
      )
      expect(sumSession(books, 's')).toBe(sum(bills) + open)
      expect(sumSession(books, 'other')).toBe(0n)
      // Never less than the last 24 hours, and never more than the last 25.
      const within = (hours: number) => sum(bills.filter(({ at }) => at > now - hours * hour))
      expect(sumDay(books, now)).toBeGreaterThanOrEqual(within(24) + open)
      expect(sumDay(books, now)).toBeLessThanOrEqual(within(25) + open)
      expect(sumDay(books, now + 25 * hour)).toBe(open)
      expect(decodeBooks('key', encodeBooks(books))).toEqual(books)
    }),
  )
})

test('property: a clock that jumps ahead, and back, makes nothing of the last day forgotten', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(400), { maxLength: 20 }), (jumps) => {
      const record = recordOf(0)
      let books = putChannel(emptyBooks(), record)
      const enter = (now: number) => {
        books = enterBill(books, { amount: 10n, now, record: books.channels.get(idOf(0)) ?? record })
      }
      const now = 1_795_000_000_000
      for (let ago = 23; ago >= 0; ago--) enter(now - ago * hour)
      for (const hours of jumps) enter(now + hours * hour)
      const billed = 10n * BigInt(24 + jumps.length)
      expect(sumDay({ ...books, channels: new Map() }, now)).toBe(billed)
    }),
  )
  // However long it goes on, the books stay small.
  let books = putChannel(emptyBooks(), recordOf(0))
  for (let index = 0; index < 500; index++)
    books = enterBill(books, { amount: 1n, now: index * hour, record: recordOf(0) })
  expect(books.hours.size).toBe(48)
  expect(sumDay({ ...books, channels: new Map() }, 499 * hour)).toBe(25n)
})

test('property: relief comes when the day’s sum has fallen by enough, and not before', () => {
  fc.assert(
    fc.property(steps, fc.bigInt({ max: 300n, min: 1n }), (history, excess) => {
      let books = putChannel(emptyBooks(), recordOf(0))
      let now = 1_795_000_000_000
      for (const { after, bill } of history) {
        now += after
        const record = books.channels.get(idOf(0)) ?? recordOf(0)
        books = enterBill(books, { amount: bill, now, record })
      }
      const freesAt = findRelief(books, { excess, now })
      const before = sumDay(books, now)
      if (freesAt === undefined) {
        expect(before).toBeLessThan(excess)
        return
      }
      expect(before - sumDay(books, freesAt)).toBeGreaterThanOrEqual(excess)
      expect(before - sumDay(books, freesAt - 1)).toBeLessThan(excess)
    }),
  )
})

test('behavior: who claims less than it billed, an hour later, leaves books that can be read', () => {
  let books = putChannel(emptyBooks(), recordOf(0))
  const enter = (amount: bigint, now: number, session = 's') => {
    const record = { ...(books.channels.get(idOf(0)) ?? recordOf(0)), session }
    books = enterBill(books, { amount, now, record })
  }
  enter(100n, 0)
  enter(-60n, hour)
  enter(-10n, 2 * hour, 'other')
  expect(books.channels.get(idOf(0))?.billed).toBe(30n)
  expect([sumDay(books, 2 * hour), sumSession(books, 's'), sumSession(books, 'other')]).toEqual([
    100n,
    40n,
    0n,
  ])
  expect(decodeBooks('key', encodeBooks(books))).toEqual(books)
})

test('behavior: sessions that were not used for longest are forgotten', () => {
  let books = putChannel(emptyBooks(), recordOf(0))
  for (let index = 0; index < 300; index++) {
    const record = recordOf(0, { session: `${index}` })
    books = enterBill(books, { amount: 1n, now: index, record })
    if (index % 50 === 0) books = enterBill(books, { amount: 1n, now: index, record: recordOf(0) })
  }
  expect(books.sessions.size).toBe(256)
  expect(sumSession(books, 's')).toBe(6n)
  expect(sumSession(books, '0')).toBe(0n)
})

/** An archive that loses its power at the next write, before or after it is done. */
function createFailing(): Archive & { fail(when: 'after' | 'before'): void } {
  const archive = createMemoryArchive()
  let failing: 'after' | 'before' | undefined
  return {
    ...archive,
    fail(when) {
      failing = when
    },
    async transact(key, fn) {
      const mode = failing
      failing = undefined
      if (mode === 'before') throw new TypeError('no power')
      const result = await archive.transact(key, fn)
      if (mode === 'after') throw new TypeError('no power')
      return result
    },
  }
}

test('behavior: changes that come at once are written together, each for itself', async () => {
  const memory = createMemoryArchive()
  let writes = 0
  const archive: Archive = {
    ...memory,
    transact: (key, fn) => {
      writes++
      return memory.transact(key, fn)
    },
  }
  const keeper = createBookkeeper(archive, 'books|1')
  const attempts = await Promise.allSettled(
    Array.from({ length: 100 }, (_, index) =>
      keeper.transact((books) => {
        if (index % 10 === 0) throw new RangeError('refused')
        return { books: putChannel(books, recordOf(index)), result: index }
      }),
    ),
  )
  expect(writes).toBeLessThanOrEqual(3)
  expect(attempts.filter(({ status }) => status === 'rejected')).toHaveLength(10)
  let count = 0
  for await (const { channelId } of listChannels(archive)) if (channelId) count++
  expect(count).toBe(90)
})

test('behavior: a write that failed, or may have, is read again before the next', async () => {
  for (const when of ['before', 'after'] as const) {
    const archive = createFailing()
    const keeper = createBookkeeper(archive, 'books|1')
    const raise = () =>
      keeper.transact((books) => {
        const record = books.channels.get(idOf(1)) ?? recordOf(1)
        const signed = record.signed + 10n
        return { books: putChannel(books, { ...record, signed }), result: signed }
      })
    expect(await raise()).toBe(10n)
    archive.fail(when)
    await expect(raise()).rejects.toBeInstanceOf(TypeError)
    expect(await raise()).toBe(when === 'before' ? 20n : 30n)
  }
})

test('behavior: two keepers of one archive see each other’s changes', async () => {
  const archive = createMemoryArchive()
  const keepers = [createBookkeeper(archive, 'books|1'), createBookkeeper(archive, 'books|1')]
  await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      keepers[index % 2]?.transact((books) => ({
        books: index < 38 ? putChannel(books, recordOf(index)) : dropChannel(books, idOf(index - 30)),
        result: undefined,
      })),
    ),
  )
  let count = 0
  for await (const { status } of listChannels(archive)) if (status === 'open') count++
  expect(count).toBe(36)
})

test('error: ArchiveDamagedError', () => {
  const text = encodeBooks(putChannel(emptyBooks(), recordOf(1, { exitAt: 7 })))
  expect(decodeBooks('key', text).channels.get(idOf(1))?.exitAt).toBe(7)
  for (const broken of [
    '{',
    '[]',
    '{"version":2}',
    text.replace('"signed":"0"', '"signed":"-1"'),
    text.replace('"signed":"0"', '"signed":0'),
    text.replace('"open"', '"odd"'),
    text.slice(0, -1),
  ])
    expect(() => decodeBooks('key', broken)).toThrow(ArchiveDamagedError)
})
