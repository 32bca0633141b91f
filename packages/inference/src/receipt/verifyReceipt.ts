import type { Address, Hex } from 'viem'
import { isSameAddress, toAddress } from '../internal/address.js'
import { toHex } from '../internal/hex.js'
import { sha256 } from '../internal/sha256.js'
import type { ModelPrice } from '../price/priceTable.js'
import { priceUsage } from '../price/priceUsage.js'
import type { SignatureMalformedError } from '../signature/errors.js'
import { loadEngine } from '../signature/loadEngine.js'
import { parseSignature } from '../signature/parseSignature.js'
import type { ReceiptMalformedError } from './errors.js'
import { BillExceedsUsageError, ReceiptMismatchError, ReceiptSignerError } from './errors.js'
import { createReceiptHasher, type hashReceipt } from './hashReceipt.js'
import type { UsageReceipt } from './receipt.js'

/**
 * Checks a receipt as a third party can: that the provider signed it and, as far as they are given, that it is
 * about these bytes and follows from these prices.
 *
 * @param parameters - {@link verifyReceipt.Parameters}
 * @throws {@link ReceiptSignerError} when somebody else signed it.
 * @throws {@link SignatureMalformedError} when the signature is none.
 * @throws {@link ReceiptMalformedError} when a value does not fit its field.
 * @throws {@link ReceiptMismatchError} when it is about another request or response.
 * @throws {@link BillExceedsUsageError} when it charges more than its own token counts cost.
 *
 * @example
 * ```ts
 * import { type SignedReceipt, verifyReceipt } from '@aitoken/inference'
 *
 * export async function audit({ receipt, signature }: SignedReceipt, requestBody: Uint8Array) {
 *   await verifyReceipt({
 *     chainId: 8453,
 *     channels: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 *     receipt,
 *     requestBody,
 *     signature,
 *     signer: '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
 *   })
 * }
 * ```
 */
export async function verifyReceipt(parameters: verifyReceipt.Parameters): Promise<void> {
  const { price, receipt, requestBody, responseBody, signature, signer, ...domain } = parameters
  const engine = await loadEngine()
  const digest = createReceiptHasher(engine, domain)(receipt)
  const recovered = toAddress(engine, engine.recover(digest, parseSignature(signature)))
  if (!isSameAddress(recovered, signer)) throw new ReceiptSignerError({ recovered, signer })
  if (requestBody) checkDigest('requestHash', requestBody, receipt)
  if (responseBody) checkDigest('responseHash', responseBody, receipt)
  if (!price) return
  const due = priceUsage(price, toUsage(receipt))
  if (receipt.cost > due) throw new BillExceedsUsageError({ billed: receipt.cost, due, origin: signer })
}

export declare namespace verifyReceipt {
  type Parameters = hashReceipt.Parameters & {
    /** The model's line of the price table, to check the cost. */
    price?: ModelPrice | undefined
    /** The request body, to check that the receipt is about it. */
    requestBody?: Uint8Array | undefined
    /** The bytes that the model answered, without payment comments, to check that the receipt is about them. */
    responseBody?: Uint8Array | undefined
    /** The receipt's signature. */
    signature: Hex
    /** The provider's receipt signer. */
    signer: Address
  }
  type ErrorType =
    | BillExceedsUsageError
    | ReceiptMalformedError
    | ReceiptMismatchError
    | ReceiptSignerError
    | SignatureMalformedError
}

/** The token counts of a receipt as prices read them. */
export function toUsage(receipt: UsageReceipt) {
  return {
    cachedInput: receipt.cachedInputTokens,
    input: receipt.inputTokens,
    output: receipt.outputTokens,
    reasoning: receipt.reasoningTokens,
  }
}

function checkDigest(field: 'requestHash' | 'responseHash', body: Uint8Array, receipt: UsageReceipt): void {
  const expected = toHex(sha256(body))
  if (receipt[field] !== expected)
    throw new ReceiptMismatchError({ expected, field, received: receipt[field] })
}
