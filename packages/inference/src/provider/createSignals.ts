import type { Hex } from 'viem'

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
 * @returns The signals.
 */
export function createSignals(): Signals {
  const waiting = new Map<Hex, Set<(woken: boolean) => void>>()
  return {
    notify(channelId) {
      const wakers = waiting.get(channelId)
      waiting.delete(channelId)
      if (wakers) for (const wake of wakers) wake(true)
    },
    wait(channelId, signal) {
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
