import type { ReadClient } from '@aitoken/core'
import type { AitokenError } from '@aitoken/core/errors'
import type { Hash, Hex } from 'viem'

/** Watches a consumer's channels, so that a provider that takes more than it billed, or disappears, is left. */
export type ConsumerWatchtower = {
  /** Stops watching, after what was begun is done. */
  stop(): Promise<void>
  /**
   * Looks once. A timer does it otherwise. It never rejects: what fails is an alarm.
   *
   * @param parameters - The present as Unix time in ms, by default the consumer's own.
   * @returns What was found.
   */
  tick(parameters?: { now?: number | undefined }): Promise<ConsumerWatchReport>
}

/** Something that a consumer's watchtower wants its owner to know. Amounts are in base units. */
export type ConsumerAlarm =
  /** A look, or a transaction, failed. It is tried again. */
  | { channelId: Hex | undefined; error: unknown; kind: 'failed' }
  /** The exit was announced; the money comes back after `closeAt`, a Unix time in seconds. */
  | { channelId: Hex; closeAt: number; hash: Hash; kind: 'leaving'; origin: string }
  /** The provider took so much more than its bills account for. Nothing more is signed for it. */
  | { amount: bigint; channelId: Hex; error: AitokenError; kind: 'overcharged'; origin: string }
  /** The provider did not answer for so many seconds, while so much is locked. */
  | { channelId: Hex; kind: 'silent'; locked: bigint; origin: string; seconds: number }
  /** The channel ended, and so much came back. */
  | { amount: bigint; channelId: Hex; hash: Hash; kind: 'withdrawn'; origin: string }

/** What a consumer's watchtower found when it looked. */
export type ConsumerWatchReport = {
  /** What the owner should know, as told to `onAlarm`. */
  readonly alarms: readonly ConsumerAlarm[]
  /** Channels whose exit was announced and is not over. */
  readonly exits: number
  /** Channels looked at. */
  readonly watched: number
}

/** When a consumer's watchtower looks, and when it leaves. */
export type ConsumerWatchOptions = {
  /** More nodes to ask: a provider is left only for what all that answer say it took. @default none besides the consumer's */
  clients?: readonly ReadClient[] | undefined
  /** Milliseconds between looks; 0 looks only when `tick` is called. @default 60_000 */
  interval?: number | undefined
  /** Told what the owner should know. @default nothing */
  onAlarm?: ((alarm: ConsumerAlarm) => void) | undefined
  /** Seconds without an answer after which a provider is left. @default never */
  silenceLimit?: number | undefined
}
