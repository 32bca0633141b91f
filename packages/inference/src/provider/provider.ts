import type { Hex } from 'viem'

import type { RecoveredLedgers, RecoverOptions } from '../watchtower/recoverLedgers.js'
import type { WatchOptions, Watchtower } from '../watchtower/watchtower.js'
import type { Quote } from '../wire/quote.js'
import type { ClosedChannel } from './closeChannel.js'
import type { FlushedProvider } from './flushProvider.js'
import type { SettledChannels } from './settleChannels.js'

/** Sells model calls. */
export type Provider = {
  /** Ends a channel: the provider is paid what was spent, and the rest goes back. */
  close(channelId: Hex): Promise<ClosedChannel>
  /** Answers a request, for any server that speaks the fetch standard. It never rejects. */
  fetch(request: Request): Promise<Response>
  /**
   * Ends the provider: new requests are refused, those that run get `timeout` milliseconds (30,000) to end, what was
   * charged is settled, and the store is closed. With `notice`, `/healthz` says so that many milliseconds before
   * anything is refused, in which a balancer finds other processes.
   */
  flush(parameters?: { notice?: number | undefined; timeout?: number | undefined }): Promise<FlushedProvider>
  /** What the provider publishes at `/.well-known/aitoken.json`. */
  quote(): Promise<Quote>
  /**
   * Writes the books anew from the chain, after the store was lost: what was settled counts as spent. What was charged
   * and not settled is lost, and a voucher above what was settled is taken once more.
   */
  recover(options?: RecoverOptions): Promise<RecoveredLedgers>
  /** Pays the provider what was spent, on the given channels or on all; they stay open. */
  settle(channelIds?: readonly Hex[]): Promise<SettledChannels>
  /** Watches the chain from now on: settles before a payer can leave, and when it is worth its gas. */
  watch(options?: WatchOptions): Promise<Watchtower>
}
