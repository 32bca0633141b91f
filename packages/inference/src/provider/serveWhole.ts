import { sha256 } from '../internal/sha256.js'
import { countChoices } from '../price/boundCost.js'
import { estimateTokens } from '../price/estimateTokens.js'
import type { Usage } from '../price/usage.js'
import { encodeReceipt, receiptHeaderName } from '../wire/receiptText.js'
import { UpstreamError } from '../wire/serviceErrors.js'
import type { ProviderContext } from './context.js'
import { estimateInput } from './estimateInput.js'
import { chargeRequest } from './finishRequest.js'
import { measureEvent } from './meterEvent.js'
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
 * @throws {@link UpstreamError} when the answer says nothing about its usage, or is longer than was asked for.
 */
export async function serveWhole(
  context: ProviderContext,
  request: PaidRequest,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Response> {
  const text = decodeText(bytes)
  const counted = readUsage(text)
  if (!counted) throw new UpstreamError({ cause: 'The answer carries no usage.' })
  const { body, maxOutput } = request
  // The end of a choice counts as a token with some servers.
  if (counted.output > maxOutput + countChoices(body))
    throw new UpstreamError({
      cause: `The answer has ${counted.output} tokens, but ${maxOutput} were asked for.`,
    })
  const usage = completeUsage(request, counted, text)
  const signed = await chargeRequest(context, request, {
    answer: { bytes, kind: 'whole' },
    reserved: request.reserved,
    responseHash: () => sha256(bytes),
    usage,
  })
  return toWholeResponse(text, signed && encodeReceipt(signed))
}

/** Some servers write zeros for what they have not counted, as for a prompt that they remember. */
function completeUsage(request: PaidRequest, counted: Usage, text: string): Usage {
  const input = counted.input > 0 ? counted.input : estimateInput(request)
  if (counted.output > 0) return { ...counted, input }
  const bytes = measureEvent(text)
  return { ...counted, input, output: bytes > 0 ? Math.max(1, estimateTokens(bytes)) : 0 }
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
