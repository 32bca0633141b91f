import { sha256 } from '@noble/hashes/sha2.js'
import { encodeReceipt, receiptHeaderName } from '../wire/receiptText.js'
import { UpstreamError } from '../wire/serviceErrors.js'
import type { UpstreamAnswer } from './askUpstream.js'
import { unlessAborted } from './askUpstream.js'
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
 * @param answer - What the upstream answered.
 * @returns The response, with the receipt in a header.
 * @throws {@link UpstreamError} when the answer breaks off, or says nothing about its usage.
 */
export async function serveWhole(
  context: ProviderContext,
  request: PaidRequest,
  answer: UpstreamAnswer,
): Promise<Response> {
  const bytes = await readAnswer(context, answer)
  const usage = readUsage(new TextDecoder().decode(bytes))
  if (!usage) throw new UpstreamError({ cause: 'The answer carries no usage.' })
  const signed = await chargeRequest(context, request, {
    reserved: request.reserved,
    responseHash: () => sha256(bytes),
    usage,
  })
  const headers = { 'cache-control': 'no-store', 'content-type': 'application/json' }
  return new Response(bytes, {
    headers: signed ? { ...headers, [receiptHeaderName]: encodeReceipt(signed) } : headers,
  })
}

/** Reads an answer to its end, within the time that an upstream has. */
export async function readAnswer(
  context: ProviderContext,
  { abort, response }: UpstreamAnswer,
): Promise<Uint8Array<ArrayBuffer>> {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), context.timeouts.upstream)
  try {
    return new Uint8Array(await unlessAborted(response.arrayBuffer(), controller.signal))
  } catch (cause) {
    abort()
    throw new UpstreamError({ cause })
  } finally {
    clearTimeout(timer)
  }
}
