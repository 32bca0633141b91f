import type { Hex } from 'viem'

import { findReservation } from '../ledger/ledger.js'
import { renew } from '../ledger/renew.js'
import type { LedgerStore } from '../store/store.js'
import type { Activity, HeldCredit } from './activity.js'
import type { Activities } from './createActivities.js'

/** The longest that timers wait, in milliseconds. */
const longest = 2 ** 31 - 1

/** Keeps the reservations of the requests that this process serves from being taken for left behind. */
export type Heartbeat = {
  /** Begins; it ends by itself when no request holds anything. */
  start(): void
  /** Ends it for good, after what was begun is done. */
  stop(): Promise<void>
}

/**
 * Creates the heartbeat of one provider: as long as requests run, their reservations are written anew when they were
 * not written for a third of the time after which they count as left behind. It looks six times in that time, so that
 * a write may fail now and then.
 *
 * @param parameters - {@link createHeartbeat.Parameters}
 * @returns The heartbeat, which does not beat yet.
 */
export function createHeartbeat(parameters: createHeartbeat.Parameters): Heartbeat {
  const { activities, now, onError, store, ttl } = parameters
  const interval = Math.min(Math.ceil(ttl / 6), longest)
  let beating: Promise<void> | undefined
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const schedule = () => {
    timer = setTimeout(() => {
      beating = beat()
    }, interval)
    // What it keeps alive ends with the process; browsers know no such thing.
    if (typeof timer === 'object') timer.unref()
  }

  const beat = async () => {
    const writtenAt = now()
    const due = new Map<Hex, Activity[]>()
    for (const activity of activities.running()) {
      const { held } = activity
      if (!held || writtenAt - held.writtenAt < ttl / 3) continue
      const others = due.get(held.channelId)
      if (others) others.push(activity)
      else due.set(held.channelId, [activity])
    }
    // What cannot be written now is tried again at the next look.
    await Promise.all([...due].map((entry) => write(store, entry, writtenAt).catch(onError)))
    timer = undefined
    beating = undefined
    for (const { held } of activities.running()) if (held && !stopped && !timer) schedule()
  }

  return {
    start() {
      if (!stopped && !timer) schedule()
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await beating
    },
  }
}

export declare namespace createHeartbeat {
  type Parameters = {
    /** What is being served. */
    activities: Pick<Activities, 'running'>
    /** Unix time in milliseconds. */
    now: () => number
    /** Told about what could not be written. */
    onError: (error: unknown) => void
    /** The books. */
    store: Pick<LedgerStore, 'transact'>
    /** Milliseconds after which a reservation that nobody writes counts as left behind. */
    ttl: number
  }
}

/** Writes the reservations of one channel anew. */
async function write(
  store: createHeartbeat.Parameters['store'],
  [channelId, serving]: [Hex, Activity[]],
  writtenAt: number,
): Promise<void> {
  const holders = serving.map(({ held }) => held).filter((held) => held !== undefined)
  const book = await store.transact(channelId, (held) => {
    const ledger = held && renew(held, { holders, writtenAt })
    return { ledger, result: ledger }
  })
  const keeps = ({ attempt, requestId }: HeldCredit) => book && findReservation(book, requestId, attempt)
  for (const activity of serving)
    if (activity.held) activity.held = keeps(activity.held) && { ...activity.held, writtenAt }
}
