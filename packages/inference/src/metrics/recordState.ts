import type { ProviderState } from '../provider/observer.js'
import type { Instruments } from './createInstruments.js'

/**
 * Sets the gauges to what a provider is doing and holds.
 *
 * @param instruments - The instruments.
 * @param state - The state.
 */
export function recordState(instruments: Instruments, state: ProviderState): void {
  const { books, draining, pausedStreams, requests, streams } = state
  instruments.draining.set(draining ? 1 : 0)
  instruments.inFlight.set(requests)
  instruments.streams.set({ state: 'paused' }, pausedStreams)
  instruments.streams.set({ state: 'running' }, streams - pausedStreams)
  if (!books) {
    // Old sums would look like calm while nobody can read the books.
    instruments.booked.reset()
    instruments.channels.reset()
    return
  }
  const { authorized, channels, exposed, reserved, settled } = books
  for (const [kind, amount] of Object.entries({ authorized, exposed, reserved, settled }))
    instruments.booked.set({ kind }, Number(amount))
  for (const [status, count] of Object.entries(channels)) instruments.channels.set({ status }, count)
}
