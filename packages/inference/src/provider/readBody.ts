import { join } from '../wire/comment.js'
import { BodyInvalidError, BodyTooLargeError } from '../wire/serviceErrors.js'
import { checkDepth } from './checkFields.js'

/** The part of a request for a completion that a provider looks at. The rest is the model's business. */
export type CompletionBody = {
  readonly [name: string]: unknown
  readonly best_of?: number | null | undefined
  readonly max_completion_tokens?: number | null | undefined
  readonly max_tokens?: number | null | undefined
  readonly model: string
  readonly n?: number | null | undefined
  readonly stream?: boolean | null | undefined
  readonly stream_options?: { readonly [name: string]: unknown } | null | undefined
}

/**
 * Reads a request's body, and never more of it than the limit.
 *
 * @param request - The request.
 * @param limit - Most bytes.
 * @returns The bytes.
 * @throws {@link BodyTooLargeError} when there are more.
 * @throws {@link BodyInvalidError} when they end too early.
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const declared = request.headers.get('content-length')
  if (declared !== null) {
    if (Number(declared) > limit) throw new BodyTooLargeError({ limit })
    // HTTP servers hand over no more than was declared.
    const bytes = new Uint8Array(await request.arrayBuffer().catch(breakOff))
    if (bytes.length > limit) throw new BodyTooLargeError({ limit })
    return bytes
  }
  const parts: Uint8Array[] = []
  let length = 0
  const reader = request.body?.getReader()
  for (;;) {
    const { done, value } = (await reader?.read().catch(breakOff)) ?? { done: true, value: undefined }
    if (done) return Uint8Array.from(join(parts))
    length += value.length
    if (length > limit) {
      await reader?.cancel()
      throw new BodyTooLargeError({ limit })
    }
    parts.push(value)
  }
}

/** A payer that hangs up in the middle of its request has sent none. */
function breakOff(): never {
  throw new BodyInvalidError({ reason: 'it breaks off' })
}

/**
 * Reads the part of a request for a completion that bounds its cost. Written by hand: a schema library takes as
 * long as the rest of what happens before the payment.
 *
 * @param bytes - The request body.
 * @returns The request.
 * @throws {@link BodyInvalidError} when it is none.
 */
export function parseBody(bytes: Uint8Array): CompletionBody {
  let body: unknown
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    // The parser's message quotes the body, which is nobody's business but the payer's.
    throw new BodyInvalidError({ reason: 'it is not JSON' })
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new BodyInvalidError({ reason: 'it is no object' })
  const { model } = body as Record<string, unknown>
  if (typeof model !== 'string' || model === '' || model.length > 200)
    throw new BodyInvalidError({ reason: 'model is no text of 1 to 200 characters' })
  checkDepth(body)
  checkCount(body, 'max_completion_tokens', Number.MAX_SAFE_INTEGER)
  checkCount(body, 'max_tokens', Number.MAX_SAFE_INTEGER)
  checkCount(body, 'n', 128)
  checkCount(body, 'best_of', 128)
  checkType(body, 'stream', 'boolean')
  checkType(body, 'stream_options', 'object')
  // Every field that the type names was checked just now.
  return body as CompletionBody
}

function checkCount(body: object, name: string, most: number): void {
  const value: unknown = Reflect.get(body, name)
  if (value === undefined || value === null) return
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= most) return
  throw new BodyInvalidError({ reason: `${name} is no whole number from 1 to ${most}` })
}

function checkType(body: object, name: string, type: 'boolean' | 'object'): void {
  const value: unknown = Reflect.get(body, name)
  if (value === undefined || value === null || (typeof value === type && !Array.isArray(value))) return
  throw new BodyInvalidError({ reason: `${name} is no ${type}` })
}
