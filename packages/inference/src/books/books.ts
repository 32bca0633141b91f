import { larger } from '../internal/compare.js'
import type { AgreedPrice } from './agreedPrice.js'
import { type ChannelRecord, sumOpen } from './channelRecord.js'

/** What was billed in one session. */
export type SessionBook = {
  /** Base units, by provider. */
  readonly billed: ReadonlyMap<string, bigint>
  /** Unix time in milliseconds at which something was last billed. */
  readonly usedAt: number
}

/** What consumers that share a store and a payer spend and have promised. */
export type Books = {
  /** Every channel that may still cost something, by id. */
  readonly channels: ReadonlyMap<string, ChannelRecord>
  /** Base units billed, by hour since 1970. */
  readonly hours: ReadonlyMap<number, bigint>
  /** The prices that were agreed to, by provider and model. */
  readonly prices: ReadonlyMap<string, AgreedPrice>
  /** What each session was billed, by its name. */
  readonly sessions: ReadonlyMap<string, SessionBook>
}

/** Hours that a day's budget looks back: the whole last day, whenever in its hour a bill came. */
const hoursKept = 24

/** Hours with bills that are remembered: a clock that jumps ahead, and back, makes none of the last day forgotten. */
const hoursStored = 48

/** Sessions that are remembered; the one that was not used for longest makes room. */
const sessionsKept = 256

/** Books in which nothing stands. */
export function emptyBooks(): Books {
  return { channels: new Map(), hours: new Map(), prices: new Map(), sessions: new Map() }
}

/** The hour of a Unix time in milliseconds. */
export function hourOf(now: number): number {
  return Math.floor(now / 3_600_000)
}

/** Writes a channel into the books. */
export function putChannel(books: Books, record: ChannelRecord): Books {
  return { ...books, channels: new Map(books.channels).set(record.channelId, record) }
}

/** Takes a channel out of the books, after the chain said that nothing can be taken from it any more. */
export function dropChannel(books: Books, channelId: string): Books {
  const channels = new Map(books.channels)
  channels.delete(channelId)
  return { ...books, channels }
}

/**
 * Enters what a provider charged, and moves it from what is promised to what is spent.
 *
 * @param books - The books.
 * @param parameters - {@link enterBill.Parameters}
 * @returns The new books.
 */
export function enterBill(books: Books, { amount, now, record }: enterBill.Parameters): Books {
  const { origin, session } = record
  const hour = hourOf(now)
  const hours = new Map(books.hours)
  // What a provider forgot may stand in another hour, or session: that is not taken back.
  hours.set(hour, larger((hours.get(hour) ?? 0n) + amount, 0n))
  if (hours.size > hoursStored) hours.delete([...hours.keys()].reduce((one, other) => Math.min(one, other)))
  const billed = new Map(books.sessions.get(session)?.billed)
  billed.set(origin, larger((billed.get(origin) ?? 0n) + amount, 0n))
  const sessions = new Map(books.sessions)
  // The latest is written last, so the first is the one that was not used for longest.
  sessions.delete(session)
  sessions.set(session, { billed, usedAt: now })
  const [oldest] = sessions.keys()
  if (sessions.size > sessionsKept && oldest !== undefined) sessions.delete(oldest)
  const paid = { ...record, billed: record.billed + amount }
  return putChannel({ ...books, hours, sessions }, paid)
}

export declare namespace enterBill {
  type Parameters = {
    /** What was charged, in base units; below zero when a provider claims less than it billed before. */
    amount: bigint
    /** Unix time in milliseconds. */
    now: number
    /** The channel that pays, as the books have it. */
    record: ChannelRecord
  }
}

/** What was spent in the last 24 hours and may still be taken from any channel, in base units. */
export function sumDay(books: Books, now: number): bigint {
  const first = hourOf(now) - hoursKept
  let sum = 0n
  for (const [hour, amount] of books.hours) if (hour >= first) sum += amount
  for (const record of books.channels.values()) sum += sumOpen(record)
  return sum
}

/** What a session spent and may still be taken from its channels, over all providers or of one, in base units. */
export function sumSession(books: Books, session: string, origin?: string): bigint {
  let sum = 0n
  for (const [provider, amount] of books.sessions.get(session)?.billed ?? [])
    if (origin === undefined || provider === origin) sum += amount
  for (const record of books.channels.values())
    if (record.session === session && (origin === undefined || record.origin === origin))
      sum += sumOpen(record)
  return sum
}

/**
 * Computes when enough of the last day's bills will be older than a day.
 *
 * @returns Unix time in milliseconds; undefined when time alone does not help, because promises are in the way.
 */
export function findRelief(
  books: Books,
  { excess, now }: { excess: bigint; now: number },
): number | undefined {
  const first = hourOf(now) - hoursKept
  let freed = 0n
  for (const [hour, amount] of [...books.hours].sort(([one], [other]) => one - other)) {
    if (hour < first) continue
    freed += amount
    if (freed >= excess) return (hour + hoursKept + 1) * 3_600_000
  }
  return undefined
}
