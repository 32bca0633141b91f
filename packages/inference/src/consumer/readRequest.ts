import { countChoices, type OutputLimits } from '../price/boundCost.js'
import { BodyInvalidError } from '../wire/serviceErrors.js'

/** A request for a completion, read before it is paid. */
export type CompletionRequest = {
  readonly body: OutputLimits & {
    readonly model: string
    readonly stop?: readonly string[] | string | null | undefined
    readonly stream?: boolean | null | undefined
  }
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly headers: Headers
  readonly signal: AbortSignal | undefined
  readonly url: string
}

/**
 * Reads a request's body, which bounds its cost.
 *
 * @param request - The request.
 * @returns What it asks for.
 * @throws {@link BodyInvalidError} when the body is no request.
 */
export async function readRequest(request: Request): Promise<CompletionRequest> {
  const bytes = new Uint8Array(await request.arrayBuffer())
  let body: unknown
  try {
    body = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw new BodyInvalidError({ reason: 'it is not JSON' })
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new BodyInvalidError({ reason: 'it is no object' })
  const fields = new Map<string, unknown>(Object.entries(body))
  const model = fields.get('model')
  if (typeof model !== 'string') throw new BodyInvalidError({ reason: 'model is no text' })
  const stop = fields.get('stop')
  const count = (name: string) => readCount(fields, name)
  return {
    body: {
      best_of: count('best_of'),
      max_completion_tokens: count('max_completion_tokens'),
      max_tokens: count('max_tokens'),
      model,
      n: count('n'),
      prompt: fields.get('prompt'),
      stop: typeof stop === 'string' ? stop : Array.isArray(stop) ? stop.map(String) : undefined,
      stream: fields.get('stream') === true,
    },
    bytes,
    headers: request.headers,
    signal: request.signal,
    url: request.url,
  }
}

function readCount(fields: ReadonlyMap<string, unknown>, name: string): number | undefined {
  const value = fields.get(name)
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value
  throw new BodyInvalidError({ reason: `${name} is no whole number above 0` })
}

/**
 * Counts output tokens that may be billed without leaving text: ends, unfinished characters, strings that stop, and
 * candidates that lost against the best.
 *
 * @param request - The request.
 * @param maxOutput - Most output tokens that were asked for, over all choices.
 * @returns Tokens.
 */
export function countHidden({ body }: Pick<CompletionRequest, 'body'>, maxOutput: number): number {
  const stops = typeof body.stop === 'string' ? [body.stop] : (body.stop ?? [])
  const encoder = new TextEncoder()
  const longest = stops.reduce((most, stop) => Math.max(most, encoder.encode(stop).length), 0)
  const choices = countChoices(body)
  const shown = countChoices({ ...body, best_of: undefined })
  return (8 + longest) * choices + Math.ceil(maxOutput / choices) * (choices - shown)
}
