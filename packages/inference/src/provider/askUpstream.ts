import { countChoices } from '../price/boundCost.js'
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
 * Sends a request on to its model. An answer that does not stream is also read to its end here, for one deadline
 * holds for all of it.
 *
 * @param context - The provider.
 * @param request - The request.
 * @returns The answer's beginning, and its bytes unless it streams.
 * @throws {@link UpstreamTimeoutError} when it does not come in time.
 * @throws {@link UpstreamError} when the upstream fails.
 * @throws {@link PayerGoneError} when the payer goes away before.
 */
export async function askUpstream(
  context: ProviderContext,
  request: PaidRequest,
): Promise<UpstreamAnswer & { bytes: Uint8Array<ArrayBuffer> | undefined }> {
  const { activity, model, path, signal } = request
  const controller = new AbortController()
  const abort = () => controller.abort()
  const timeout = context.timeouts.upstream
  let late = false
  const timer = setTimeout(() => {
    late = true
    abort()
  }, timeout)
  signal.addEventListener('abort', abort, { once: true })
  activity.abort = abort
  activity.askedAt = performance.now()
  const ask = async () => {
    const response = await model.upstream.fetch(`http://upstream${path}`, {
      body: toUpstreamBody(request),
      headers: { 'content-type': 'application/json' },
      method: 'POST',
      signal: controller.signal,
    })
    const streams = request.body.stream && response.status === 200
    // What a payer that left has to pay for may still have to be counted: the stream itself looks at the signal now.
    if (streams) signal.removeEventListener('abort', abort)
    const reading = { limit: context.maxAnswerBytes, signal: controller.signal }
    return {
      abort,
      bytes: streams ? undefined : await readAnswer(response, reading),
      response,
    }
  }
  try {
    return await unlessAborted(ask(), controller.signal)
  } catch (cause) {
    abort()
    if (signal.aborted) throw new PayerGoneError()
    throw late ? new UpstreamTimeoutError({ timeout }) : new UpstreamError({ cause })
  } finally {
    clearTimeout(timer)
  }
}

/** Reads an answer to its end, and never more of it than the limit, nor longer than the signal lets it. */
async function readAnswer(
  response: Response,
  { limit, signal }: { limit: number; signal: AbortSignal },
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader()
  // A body that broke refuses to be cancelled too, and there is nobody to tell.
  const stop = () => void reader?.cancel().catch(() => undefined)
  signal.addEventListener('abort', stop, { once: true })
  const parts: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  for (;;) {
    const chunk = await reader?.read()
    if (chunk?.done !== false) return gather(parts, length)
    length += chunk.value.length
    if (length > limit) {
      stop()
      throw new RangeError(`The model's server answered more than ${limit} bytes.`)
    }
    parts.push(chunk.value)
  }
}

/** Puts the parts of an answer together, which is in one piece nearly always. */
function gather(parts: readonly Uint8Array<ArrayBuffer>[], length: number): Uint8Array<ArrayBuffer> {
  const [first] = parts
  if (first && parts.length === 1) return first
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Rejects when the signal aborts, even when what is waited for does not look at the signal. */
function unlessAborted<value>(promise: Promise<value>, signal: AbortSignal): Promise<value> {
  return new Promise((resolve, reject) => {
    const give = () => reject(signal.reason)
    if (signal.aborted) return give()
    signal.addEventListener('abort', give, { once: true })
    promise.then(resolve, reject)
  })
}

/**
 * The body as the upstream gets it: written anew from what was priced, so that no server reads it otherwise, capped,
 * and counted when it streams.
 */
function toUpstreamBody({ body, maxOutput, model, path }: PaidRequest): string {
  const { max_completion_tokens: _newer, max_tokens: _older, stream_options: _options, ...rest } = body
  const { continuousUsage, limitName = 'both' } = model.upstream
  const name = path === '/v1/chat/completions' ? limitName : 'max_tokens'
  const most = maxOutput / countChoices(body)
  // Servers differ in which limit they look at, and pass over the other.
  const cap = {
    ...(name === 'max_tokens' ? {} : { max_completion_tokens: most }),
    ...(name === 'max_completion_tokens' ? {} : { max_tokens: most }),
  }
  const options = { include_usage: true, ...(continuousUsage ? { continuous_usage_stats: true } : {}) }
  return JSON.stringify({ ...rest, ...cap, ...(body.stream ? { stream_options: options } : {}) })
}
