import * as z from 'zod/mini'
import { join } from '../wire/comment.js'
import { BodyInvalidError, BodyTooLargeError } from '../wire/serviceErrors.js'

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
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const declared = request.headers.get('content-length')
  if (declared !== null) {
    if (Number(declared) > limit) throw new BodyTooLargeError({ limit })
    // HTTP servers hand over no more than was declared.
    const bytes = new Uint8Array(await request.arrayBuffer())
    if (bytes.length > limit) throw new BodyTooLargeError({ limit })
    return bytes
  }
  const parts: Uint8Array[] = []
  let length = 0
  const reader = request.body?.getReader()
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
    if (done) return Uint8Array.from(join(parts))
    length += value.length
    if (length > limit) {
      await reader?.cancel()
      throw new BodyTooLargeError({ limit })
    }
    parts.push(value)
  }
}

/**
 * Creates the parser of completion requests. The schema compiles at first use, so one parser serves all requests.
 *
 * @returns Parses a body; throws {@link BodyInvalidError} when it is no request.
 */
export function createBodyParser(): (bytes: Uint8Array) => CompletionBody {
  const tokens = z.nullish(z.int().check(z.positive()))
  const choices = z.nullish(z.int().check(z.positive(), z.lte(128)))
  const schema = z.looseObject({
    best_of: choices,
    max_completion_tokens: tokens,
    max_tokens: tokens,
    model: z.string().check(z.minLength(1), z.maxLength(200)),
    n: choices,
    stream: z.nullish(z.boolean()),
    stream_options: z.nullish(z.looseObject({ include_usage: z.nullish(z.boolean()) })),
  })
  const decoder = new TextDecoder('utf-8', { fatal: true })
  return (bytes) => {
    let body: unknown
    try {
      body = JSON.parse(decoder.decode(bytes))
    } catch {
      // The parser's message quotes the body, which is nobody's business but the payer's.
      throw new BodyInvalidError({ reason: 'it is not JSON' })
    }
    const parsed = z.safeParse(schema, body)
    if (parsed.success) return parsed.data
    const [issue] = parsed.error.issues
    throw new BodyInvalidError({ reason: `${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'invalid'}` })
  }
}
