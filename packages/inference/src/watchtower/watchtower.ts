import type { ReadClient } from '@aitoken/core'
import type { Hash, Hex } from 'viem'

import type { Alarm } from './alarm.js'

/** Watches a provider's channels, so that what was earned is paid before a payer can leave. */
export type Watchtower = {
  /** Settles everything above the dust now, whatever the schedule says. */
  flush(): Promise<WatchReport>
  /** Stops watching, after what was begun is done. */
  stop(): Promise<void>
  /**
   * Looks once. A timer does it otherwise. It never rejects: what fails is an alarm.
   *
   * @param parameters - The present as Unix time in ms, by default the provider's own; with `sweep`, every channel is
   * looked at, also before `sweepInterval` is over.
   * @returns What was found and done.
   */
  tick(parameters?: { now?: number | undefined; sweep?: boolean | undefined }): Promise<WatchReport>
}

/** What a watchtower did when it looked. Amounts are in base units. */
export type WatchReport = {
  /** What the operator should know, as told to `onAlarm`. */
  readonly alarms: readonly Alarm[]
  /** Whether any node answered. */
  readonly connected: boolean
  /** Channels whose payers announced their exits. */
  readonly exits: number
  /** Owed on the channels that were looked at, before anything was settled. */
  readonly exposure: bigint
  /** Transactions that settled. */
  readonly hashes: readonly Hash[]
  /** The latest block; 0n when no node answered. */
  readonly head: bigint
  /** Paid, by channel. */
  readonly paid: ReadonlyMap<Hex, bigint>
  /** Channels looked at. */
  readonly watched: number
}

/** When a watchtower looks, and when it settles. */
export type WatchOptions = {
  /** More nodes to ask: the worst that any of them says is believed. @default none besides the provider's */
  clients?: readonly ReadClient[] | undefined
  /** Blocks after which what the chain no longer says is believed to have vanished. @default 5n */
  confirmations?: bigint | undefined
  /**
   * Base units that are not worth a transaction. @default 0n, but without `nativePrice` no debt is settled for its age
   * alone that is less than what a million tokens cost, read and written by the dearest model
   */
  dust?: bigint | undefined
  /** Milliseconds between looks; 0 looks only when `tick` is called. @default 12_000 */
  interval?: number | undefined
  /** Seconds after which what is owed is settled, if it is worth that: see `dust`. @default 86_400 */
  maxAge?: number | undefined
  /** Price of gas in wei above which only exits that end soon are settled. @default none */
  maxGasPrice?: bigint | undefined
  /** Seconds that a node's latest block may be old. @default 120 */
  maxHeadAge?: number | undefined
  /** What one whole native coin (10^18 wei) is worth, in base units of the token. @default unknown: gas is not weighed, see `dust` */
  nativePrice?: bigint | undefined
  /** Told what the operator should know. @default nothing */
  onAlarm?: ((alarm: Alarm) => void) | undefined
  /** Told what each look found. @default nothing */
  onReport?: ((report: WatchReport) => void) | undefined
  /** Milliseconds that a node may take to answer. @default 10_000 */
  readTimeout?: number | undefined
  /** Chance that what a payer owes is lost if it is not settled, in parts of 10,000. Weighed against gas. @default 1_000 */
  riskBps?: bigint | undefined
  /** Base units owed on one channel from which it is settled. @default none */
  settleAbove?: bigint | undefined
  /** Milliseconds between looks at every channel; between them only exits are looked for. @default 300_000 */
  sweepInterval?: number | undefined
}
