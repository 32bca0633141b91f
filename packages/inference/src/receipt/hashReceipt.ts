import type { Hex } from 'viem'

import { toHex } from '../internal/hex.js'
import type { InferenceDomain } from '../price/priceTable.js'
import { createStructHasher } from '../signature/createStructHasher.js'
import type { SignatureEngine } from '../signature/engine.js'
import { ReceiptMalformedError } from './errors.js'
import { emptyReceipt, toReceiptTypedData, type UsageReceipt } from './receipt.js'

/**
 * Hashes a receipt as EIP-712 does.
 *
 * @param engine - What hashes, see `loadEngine`.
 * @param parameters - {@link hashReceipt.Parameters}
 * @returns The 32-byte digest that the provider signs.
 * @throws {@link ReceiptMalformedError} when a value does not fit its field.
 *
 * @example
 * ```ts
 * import { hashReceipt, loadEngine, type UsageReceipt } from '@aitoken/inference'
 *
 * export async function digestOf(receipt: UsageReceipt) {
 *   const engine = await loadEngine()
 *   return hashReceipt(engine, {
 *     chainId: 8453,
 *     channels: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 *     receipt,
 *   })
 * }
 * ```
 */
export function hashReceipt(engine: SignatureEngine, parameters: hashReceipt.Parameters): Hex {
  const { receipt, ...domain } = parameters
  return toHex(createReceiptHasher(engine, domain)(receipt))
}

export declare namespace hashReceipt {
  type Parameters = InferenceDomain & {
    /** The receipt. */
    receipt: UsageReceipt
  }
  type ErrorType = ReceiptMalformedError
}

/**
 * Creates a function that hashes the receipts of one provider. What never changes is hashed once: a provider
 * does this for every request it serves.
 *
 * @param engine - What hashes.
 * @param domain - Chain and payment channels contract.
 * @returns A function from a receipt to its 32-byte EIP-712 digest. It throws {@link ReceiptMalformedError} when
 * a value does not fit its field.
 */
export function createReceiptHasher(
  engine: SignatureEngine,
  domain: InferenceDomain,
): (receipt: UsageReceipt) => Uint8Array {
  const hash = createStructHasher(engine, toReceiptTypedData({ ...domain, receipt: emptyReceipt() }))
  return (receipt) => {
    const { cachedInputTokens, inputTokens, outputTokens, reasoningTokens } = receipt
    for (const count of [cachedInputTokens, inputTokens, outputTokens, reasoningTokens])
      if (!Number.isSafeInteger(count) || count < 0)
        throw new ReceiptMalformedError({ reason: `${count} is no token count` })
    const digest = hash(toReceiptTypedData({ ...domain, receipt }).message)
    if (!digest) throw new ReceiptMalformedError({ reason: 'a value does not fit its field' })
    return digest
  }
}
