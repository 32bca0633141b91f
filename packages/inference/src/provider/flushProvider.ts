import type { Alarm } from '../watchtower/alarm.js'
import type { ProviderContext } from './context.js'
import { type SettledChannels, settleChannels } from './settleChannels.js'

/** How a provider ended. */
export type FlushedProvider = SettledChannels & {
  /** What its watchtower could not do; none without a watchtower, for then `flush` throws. */
  alarms: readonly Alarm[]
  /** Requests that took longer than they were given, and were charged for what was delivered. */
  stopped: number
}

/**
 * Ends a provider whose requests have ended: it is paid what was charged, and its store is closed.
 *
 * @param context - The provider.
 * @param stopped - How many requests had to be stopped.
 * @returns What was stopped and what was paid.
 * @throws What sending and confirming throw; the store is closed then, too.
 */
export async function flushProvider(context: ProviderContext, stopped: number): Promise<FlushedProvider> {
  try {
    // A watchtower knows what is worth a transaction.
    const [tower] = context.towers
    if (!tower) return { alarms: [], ...(await settleChannels(context, undefined)), stopped }
    const { alarms, hashes, paid } = await tower.flush()
    return { alarms, hashes, paid, stopped }
  } finally {
    await Promise.all([...context.towers].map((watching) => watching.stop()))
    await context.heartbeat.stop()
    await context.store.close()
  }
}
