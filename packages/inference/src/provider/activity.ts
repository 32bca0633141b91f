import type { Hex } from 'viem'

import type { Holder } from '../ledger/ledger.js'
import type { Usage } from '../price/usage.js'
import type { Outcome } from './observer.js'

/** Credit that a request holds in a channel's book. */
export type HeldCredit = Holder & {
  readonly channelId: Hex
  /** Unix time in milliseconds at which it was last written. */
  readonly writtenAt: number
}

/** One request while it is served: what can stop it, and what will be told about it. */
export type Activity = {
  /** Stops the model; a stream then ends as one that broke off. */
  abort: (() => void) | undefined
  /** Milliseconds, as `performance.now` counts them. */
  readonly arrivedAt: number
  /** When the model was asked, in milliseconds. */
  askedAt: number | undefined
  channelId: Hex | undefined
  /** Base units. */
  charge: bigint
  /** When the payer got the first byte, in milliseconds. */
  firstByteAt: number | undefined
  /** What it holds; undefined before it was taken, and when the book knows of nothing. */
  held: HeldCredit | undefined
  /** Ends a stream of which nothing is taken, and charges what was delivered. */
  leave: (() => void) | undefined
  model: string | undefined
  /** Why it ended, where the response's status does not say so. */
  outcome: Outcome | undefined
  /** When the stream began to wait for a voucher, in milliseconds. */
  pausedAt: number | undefined
  pausedMs: number
  pauses: number
  problem: string | undefined
  requestId: string | undefined
  readonly route: string
  status: number
  /** Whether a body follows the response, so that the request ends later. */
  streams: boolean
  usage: Usage | undefined
}

/** Notes that a request begins. */
export function beginActivity(route: string): Activity {
  return {
    abort: undefined,
    arrivedAt: performance.now(),
    askedAt: undefined,
    channelId: undefined,
    charge: 0n,
    firstByteAt: undefined,
    held: undefined,
    leave: undefined,
    model: undefined,
    outcome: undefined,
    pausedAt: undefined,
    pausedMs: 0,
    pauses: 0,
    problem: undefined,
    requestId: undefined,
    route,
    status: 200,
    streams: false,
    usage: undefined,
  }
}

/** Notes that a stream begins to wait for a voucher. */
export function pauseActivity(activity: Activity): void {
  if (activity.pausedAt !== undefined) return
  activity.pausedAt = performance.now()
  activity.pauses++
}

/** Notes that a stream waits no more. */
export function resumeActivity(activity: Activity): void {
  if (activity.pausedAt === undefined) return
  activity.pausedMs += performance.now() - activity.pausedAt
  activity.pausedAt = undefined
}
