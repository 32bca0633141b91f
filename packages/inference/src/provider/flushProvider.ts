import type { ProviderContext } from './context.js'
import { ProviderOptionError } from './errors.js'
import { type SettledChannels, settleChannels } from './settleChannels.js'

/** How a provider ended. */
export type FlushedProvider = SettledChannels & {
  /** Requests that took longer than they were given, and were charged for what was delivered. */
  stopped: number
}

/**
 * Ends a provider: takes no new work, lets what runs come to its end, is paid what was charged, and closes the
 * store.
 *
 * @param context - The provider.
 * @param parameters - How long requests may still run, in milliseconds.
 * @returns What was stopped and what was paid.
 * @throws {@link ProviderOptionError} when the time is none.
 * @throws What sending and confirming throw; the store is closed then, too.
 */
export async function flushProvider(
  context: ProviderContext,
  { timeout }: { timeout: number },
): Promise<FlushedProvider> {
  if (!Number.isFinite(timeout) || timeout < 0)
    throw new ProviderOptionError({ expected: '0 or more milliseconds', option: 'timeout', value: timeout })
  const stopped = await context.activities.drain(timeout)
  try {
    // A watchtower knows what is worth a transaction.
    const [tower] = context.towers
    const { hashes, paid } = await (tower ? tower.flush() : settleChannels(context, undefined))
    return { hashes, paid, stopped }
  } finally {
    await Promise.all([...context.towers].map((watching) => watching.stop()))
    await context.store.close()
  }
}
