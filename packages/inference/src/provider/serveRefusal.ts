import { UpstreamError } from '../wire/serviceErrors.js'
import type { UpstreamAnswer } from './askUpstream.js'
import type { ProviderContext } from './context.js'
import { readAnswer } from './serveWhole.js'

/**
 * Passes on that the model refused a request, when that is about the request. What is about the provider's own
 * account, limits or health stays inside.
 *
 * @param context - The provider.
 * @param answer - What the upstream answered.
 * @returns The refusal.
 * @throws {@link UpstreamError} when it is not about the request.
 */
export async function serveRefusal(context: ProviderContext, answer: UpstreamAnswer): Promise<Response> {
  const { status } = answer.response
  const bytes = await readAnswer(context, answer)
  if (![400, 413, 415, 422].includes(status))
    throw new UpstreamError({ cause: `${status} ${new TextDecoder().decode(bytes.subarray(0, 500))}` })
  return new Response(bytes, { headers: { 'content-type': 'application/json' }, status })
}
