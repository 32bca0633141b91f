import type { TransactionReceipt } from 'viem'

import type { LedgerStore } from '../store/store.js'
import type { Cryptography, ProviderContext } from './context.js'
import type { Observer, TransactionReport } from './observer.js'

/**
 * Measures a store's transactions.
 *
 * @param store - The store.
 * @param observer - Who is told.
 * @returns The store, measured; the store itself when nobody listens.
 */
export function observeStore(store: LedgerStore, observer: Observer | undefined): LedgerStore {
  if (!observer?.stored) return store
  const { stored } = observer
  return {
    close: () => store.close(),
    findAnswer: (...parameters) => store.findAnswer(...parameters),
    list: () => store.list(),
    async transact(channelId, fn) {
      const start = performance.now()
      // What `fn` throws is an answer about the payment: then the store did its part.
      let refused = false
      try {
        const result = await store.transact(channelId, (ledger) => {
          refused = true
          const transition = fn(ledger)
          refused = false
          return transition
        })
        stored(performance.now() - start, true)
        return result
      } catch (error) {
        stored(performance.now() - start, refused)
        throw error
      }
    },
    watch: (onChange) => store.watch(onChange),
  }
}

/**
 * Counts the signatures that are checked.
 *
 * @param load - Loads the cryptography.
 * @param observer - Who is told.
 * @returns Loads it, counted; `load` itself when nobody listens.
 */
export function observeCryptography(
  load: () => Promise<Cryptography>,
  observer: Observer | undefined,
): () => Promise<Cryptography> {
  if (!observer?.verified) return load
  const { verified } = observer
  let counted: Promise<Cryptography> | undefined
  return () => {
    counted ??= load()
      .then((cryptography) => {
        const { vouchers } = cryptography
        return {
          ...cryptography,
          vouchers: {
            ...vouchers,
            verify(parameters: Parameters<typeof vouchers.verify>[0]) {
              try {
                vouchers.verify(parameters)
              } catch (error) {
                verified(false)
                throw error
              }
              verified(true)
            },
          },
        }
      })
      .catch((error: unknown) => {
        counted = undefined
        throw error
      })
    return counted
  }
}

/**
 * Tells that a transaction was confirmed.
 *
 * @param context - The provider.
 * @param action - What it was for.
 * @param receipt - Its receipt.
 */
export function noteTransaction(
  { observer }: Pick<ProviderContext, 'observer'>,
  action: TransactionReport['action'],
  { effectiveGasPrice, gasUsed }: TransactionReceipt,
): void {
  observer?.transacted?.({ action, fee: effectiveGasPrice * gasUsed, gasUsed })
}
