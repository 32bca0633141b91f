import { sha256 } from '../internal/sha256.js'
import { encodeReceipt, receiptHeaderName } from '../wire/receiptText.js'
import { UpstreamError } from '../wire/serviceErrors.js'
import type { ProviderContext } from './context.js'
import { chargeRequest } from './finishRequest.js'
import type { PaidRequest } from './paidRequest.js'
import { readUsage } from './readUsage.js'

/**
 * Answers a request that does not stream. The answer is complete before it is charged, and charged before it is
 * sent.
 *
 * @param context - The provider.
 * @param request - The request.
 * @param bytes - What the upstream answered.
 * @returns The response, with the receipt in a header.
 * @throws {@link UpstreamError} when the answer says nothing about its usage.
 */
export async function serveWhole(
  context: ProviderContext,
  request: PaidRequest,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Response> {
  const text = decodeText(bytes)
  const usage = readUsage(text)
  if (!usage) throw new UpstreamError({ cause: 'The answer carries no usage.' })
  const signed = await chargeRequest(context, request, {
    answer: { bytes, kind: 'whole' },
    reserved: request.reserved,
    responseHash: () => sha256(bytes),
    usage,
  })
  return toWholeResponse(text, signed && encodeReceipt(signed))
}

/** A response in one piece, with its receipt unless the payer does without. */
export function toWholeResponse(text: string, receipt: string | undefined): Response {
  const headers = { 'cache-control': 'no-store', 'content-type': 'application/json' }
  // The same bytes; but servers send a text in one piece with the headers.
  return new Response(text, {
    headers: receipt === undefined ? headers : { ...headers, [receiptHeaderName]: receipt },
  })
}

/** The text of an answer, which encodes to the very same bytes. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new UpstreamError({ cause })
  }
}
