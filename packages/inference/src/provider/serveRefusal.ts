import { UpstreamError } from '../wire/serviceErrors.js'
import { UpstreamRefusedError } from './errors.js'

/**
 * Passes on that the model refused a request, when that is about the request. What is about the provider's own
 * account, limits or health stays inside.
 *
 * @param status - What the upstream answered.
 * @param bytes - The body of the answer.
 * @returns The refusal.
 * @throws {@link UpstreamError} when it is not about the request.
 */
export function serveRefusal(status: number, bytes: Uint8Array<ArrayBuffer>): Response {
  if (![400, 413, 415, 422].includes(status))
    throw new UpstreamError({ cause: new UpstreamRefusedError({ answer: decode(bytes), status }) })
  return new Response(bytes, { headers: { 'content-type': 'application/json' }, status })
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, 500))
}
