import type { Hex } from 'viem'

import type { Ledger } from '../ledger/ledger.js'
import type { StoredAnswer, Transition } from './store.js'

/** A transaction that waits for its turn. */
export type Change = {
  /** The channel whose book it changes. */
  readonly channelId: Hex
  /** Gives up. */
  fail(error: unknown): void
  /** Computes the transition from the book, and keeps its result until {@link Change.finish}. */
  run(ledger: Ledger | undefined): Computed
}

/** What a transaction would leave behind. */
export type Computed = {
  readonly answer: StoredAnswer | undefined
  /** Tells whoever asked how it ended: call it when the change is durable. */
  finish(): void
  readonly ledger: Ledger | undefined
}

/**
 * Creates a change from a transaction of a store.
 *
 * @param channelId - The channel.
 * @param fn - The transaction.
 * @returns The change, and the promise of its result.
 */
export function createChange<result>(
  channelId: Hex,
  fn: (ledger: Ledger | undefined) => Transition<result>,
): { change: Change; done: Promise<result> } {
  const { promise: done, reject, resolve } = withResolvers<result>()
  const run = (ledger: Ledger | undefined): Computed => {
    try {
      const { answer, ledger: next, result } = fn(ledger)
      return { answer, finish: () => resolve(result), ledger: next ?? ledger }
    } catch (error) {
      // The function refuses: the book stays, and others of the same write are not concerned. It may have seen
      // their changes, so it too waits until these are durable.
      return { answer: undefined, finish: () => reject(error), ledger }
    }
  }
  return { change: { channelId, fail: reject, run }, done }
}

function withResolvers<result>() {
  let resolve: (result: result) => void = () => undefined
  let reject: (error: unknown) => void = () => undefined
  const promise = new Promise<result>((resolve_, reject_) => {
    resolve = resolve_
    reject = reject_
  })
  return { promise, reject, resolve }
}
