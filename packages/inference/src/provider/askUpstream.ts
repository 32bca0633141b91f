import { UpstreamError, UpstreamTimeoutError } from '../wire/serviceErrors.js'
import type { ProviderContext } from './context.js'
import { PayerGoneError } from './errors.js'
import type { PaidRequest } from './paidRequest.js'

/** What the upstream answered, and how to stop it. */
export type UpstreamAnswer = {
  /** Ends the upstream's work. */
  abort(): void
  readonly response: Response
}

/**
 * Sends a request on to its model.
 *
 * @param context - The provider.
 * @param request - The request.
 * @returns The answer's beginning.
 * @throws {@link UpstreamTimeoutError} when it does not begin in time.
 * @throws {@link UpstreamError} when the upstream fails, or refuses the provider itself.
 * @throws {@link PayerGoneError} when the payer goes away before.
 */
export async function askUpstream(context: ProviderContext, request: PaidRequest): Promise<UpstreamAnswer> {
  const { signal } = request
  const controller = new AbortController()
  const abort = () => controller.abort()
  const timeout = context.timeouts.upstream
  let late = false
  const timer = setTimeout(() => {
    late = true
    abort()
  }, timeout)
  signal.addEventListener('abort', abort, { once: true })
  try {
    const answering = request.model.upstream.fetch(toUpstreamRequest(request, controller.signal))
    const response = await unlessAborted(answering, controller.signal)
    return { abort, response }
  } catch (cause) {
    abort()
    if (signal.aborted) throw new PayerGoneError()
    throw late ? new UpstreamTimeoutError({ timeout }) : new UpstreamError({ cause })
  } finally {
    clearTimeout(timer)
  }
}

/** Rejects when the signal aborts, even when what is waited for does not look at the signal. */
export function unlessAborted<value>(promise: Promise<value>, signal: AbortSignal): Promise<value> {
  return new Promise((resolve, reject) => {
    const give = () => reject(signal.reason)
    if (signal.aborted) return give()
    signal.addEventListener('abort', give, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', give))
  })
}

function toUpstreamRequest(request: PaidRequest, signal: AbortSignal): Request {
  return new Request(`http://upstream${request.path}`, {
    body: toUpstreamBody(request),
    headers: { 'content-type': 'application/json' },
    method: 'POST',
    signal,
  })
}

/**
 * The body as the upstream gets it: as it came, unless the answer must be capped at what was priced, or a stream
 * must be counted.
 */
function toUpstreamBody({ body, bytes, maxOutput, model }: PaidRequest): Uint8Array<ArrayBuffer> | string {
  const asked = body.max_completion_tokens ?? body.max_tokens
  const capped = asked !== null && asked !== undefined && asked <= model.maxOutputTokens
  if (capped && !body.stream) return bytes
  const { max_completion_tokens: _, max_tokens: __, ...rest } = body
  const choices = Math.max(body.n ?? 1, body.best_of ?? 1)
  const cap = capped
    ? {
        ...(body.max_completion_tokens == null ? {} : { max_completion_tokens: asked }),
        ...(body.max_tokens == null ? {} : { max_tokens: body.max_tokens }),
      }
    : { max_tokens: maxOutput / choices }
  const options = {
    ...body.stream_options,
    include_usage: true,
    ...(model.upstream.continuousUsage ? { continuous_usage_stats: true } : {}),
  }
  return JSON.stringify({ ...rest, ...cap, ...(body.stream ? { stream_options: options } : {}) })
}
