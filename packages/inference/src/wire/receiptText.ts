import type { Hex } from 'viem'

import { ReceiptMalformedError } from '../receipt/errors.js'
import type { SignedReceipt } from '../receipt/receipt.js'
import { decodeBase64Url } from './base64url.js'
import { type Fields, parseJson, readFields } from './readFields.js'

/** Name of the header that carries the receipt of a response that does not stream. */
export const receiptHeaderName = 'ai-receipt'

/**
 * Writes a signed receipt as base64url of JSON, for a header or a stream comment.
 *
 * @param signed - The receipt and its signature.
 * @returns The text.
 */
export function encodeReceipt(signed: SignedReceipt): string {
  return btoa(toReceiptJson(signed)).replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_')
}

/** Writes a signed receipt as JSON, amounts as decimal strings. */
export function toReceiptJson({ receipt, signature }: SignedReceipt): string {
  // Written by hand, for a provider does it at every request: numbers and hexadecimal need no escapes.
  return `{"cachedInputTokens":${receipt.cachedInputTokens},"channelId":"${receipt.channelId}","cost":"${receipt.cost}","cumulative":"${receipt.cumulative}","inputTokens":${receipt.inputTokens},"modelHash":"${receipt.modelHash}","outputTokens":${receipt.outputTokens},"policyHash":"${receipt.policyHash}","priceTableHash":"${receipt.priceTableHash}","reasoningTokens":${receipt.reasoningTokens},"requestHash":"${receipt.requestHash}","responseHash":"${receipt.responseHash}","sequence":"${receipt.sequence}","signature":"${signature}"}`
}

/**
 * Reads a signed receipt. Nothing of it is trusted yet: see `verifyReceipt`.
 *
 * @param text - What {@link encodeReceipt} wrote.
 * @returns The receipt and its signature.
 * @throws {@link ReceiptMalformedError} when it is anything else.
 */
export function decodeReceipt(text: string): SignedReceipt {
  if (text.length > 4000) throw new ReceiptMalformedError({ reason: 'it is too long' })
  const bytes = decodeBase64Url(text)
  if (!bytes) throw new ReceiptMalformedError({ reason: 'it is not base64url' })
  const fail = (reason: string, cause?: unknown) => new ReceiptMalformedError({ cause, reason })
  return readReceipt(readFields(parseJson(new TextDecoder().decode(bytes), fail), fail))
}

/** Reads a signed receipt from the fields of its JSON. */
export function readReceipt(fields: Fields): SignedReceipt {
  return {
    receipt: {
      cachedInputTokens: fields.count('cachedInputTokens'),
      channelId: fields.hex('channelId', 32),
      cost: fields.amount('cost'),
      cumulative: fields.amount('cumulative'),
      inputTokens: fields.count('inputTokens'),
      modelHash: fields.hex('modelHash', 32),
      outputTokens: fields.count('outputTokens'),
      policyHash: fields.hex('policyHash', 32),
      priceTableHash: fields.hex('priceTableHash', 32),
      reasoningTokens: fields.count('reasoningTokens'),
      requestHash: fields.hex('requestHash', 32),
      responseHash: fields.hex('responseHash', 32),
      sequence: fields.amount('sequence'),
    },
    signature: readSignature(fields),
  }
}

/** A signature, or the code that a session's receipt carries instead. */
function readSignature(fields: Fields): Hex {
  const coded = fields.optionalText('signature')?.length === 66
  return fields.hex('signature', coded ? 32 : 65)
}
