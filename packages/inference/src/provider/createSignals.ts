import type { Hex } from 'viem'

import type { LedgerStore } from '../store/store.js'

/** Wakes streams that wait for credit on a channel. */
export type Signals = {
  /** Wakes whoever waits for the channel. */
  notify(channelId: Hex): void
  /** Resolves to true when the channel has news, and to false when the signal aborts before. */
  wait(channelId: Hex, signal: AbortSignal): Promise<boolean>
}

/**
 * Creates the signals of one provider.
 *
 * @param watch - Tells of channels that other processes changed; asked when somebody first waits.
 * @returns The signals.
 */
export function createSignals(watch: LedgerStore['watch']): Signals {
  const waiting = new Map<Hex, Set<(woken: boolean) => void>>()
  let watched = false

  const notify = (channelId: Hex) => {
    const wakers = waiting.get(channelId)
    waiting.delete(channelId)
    if (wakers) for (const wake of wakers) wake(true)
  }

  return {
    notify,
    wait(channelId, signal) {
      // It lasts until the store is closed: who waited once waits again soon.
      if (!watched) watch(notify)
      watched = true
      return new Promise((resolve) => {
        const wakers = waiting.get(channelId) ?? new Set()
        waiting.set(channelId, wakers)
        const wake = (woken: boolean) => {
          signal.removeEventListener('abort', give)
          resolve(woken)
        }
        const give = () => {
          wakers.delete(wake)
          if (wakers.size === 0 && waiting.get(channelId) === wakers) waiting.delete(channelId)
          resolve(false)
        }
        if (signal.aborted) return give()
        wakers.add(wake)
        signal.addEventListener('abort', give, { once: true })
      })
    },
  }
}
