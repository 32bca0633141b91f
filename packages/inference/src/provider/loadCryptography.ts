import type { InferenceDomain } from '../price/priceTable.js'
import { createReceiptHasher } from '../receipt/hashReceipt.js'
import { loadEngine } from '../signature/loadEngine.js'
import { createVoucherVerifier } from '../voucher/createVoucherVerifier.js'
import type { Cryptography } from './context.js'

/**
 * Prepares the loading of a provider's cryptography.
 *
 * @param domain - Chain and payment channels contract.
 * @returns Loads it on the first call; later calls share it.
 */
export function loadCryptography(domain: InferenceDomain): () => Promise<Cryptography> {
  let loading: Promise<Cryptography> | undefined
  return () => {
    loading ??= loadEngine()
      .then((engine) => ({
        engine,
        hashReceipt: createReceiptHasher(engine, domain),
        vouchers: createVoucherVerifier({ ...domain, engine }),
      }))
      .catch((error: unknown) => {
        loading = undefined
        throw error
      })
    return loading
  }
}
