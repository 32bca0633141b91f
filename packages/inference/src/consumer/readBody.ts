import { join } from '../wire/comment.js'
import { AnswerTooLargeError } from './errors.js'

/** Most bytes of what a provider says about itself, its problems and its accounts. */
const documentBytes = 1_048_576

/**
 * Reads a body, as long as it is no longer than expected: a few bytes on the wire may unpack to any number.
 *
 * @param response - The response.
 * @param options - Most bytes, and the provider.
 * @returns The bytes.
 * @throws {@link AnswerTooLargeError} when there are more; the rest is not read.
 */
export async function readBody(
  response: Response,
  { limit, origin }: { limit: number; origin: string },
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader()
  const parts: Uint8Array[] = []
  let length = 0
  for (;;) {
    const chunk = await reader?.read()
    if (chunk?.done !== false) return new Uint8Array(join(parts))
    length += chunk.value.length
    if (length > limit) {
      // A connection that is gone already needs no goodbye.
      reader?.cancel().catch(() => undefined)
      throw new AnswerTooLargeError({ limit, origin })
    }
    parts.push(chunk.value)
  }
}

/**
 * Reads a document of a provider: its offer, a problem, an account.
 *
 * @param response - The response.
 * @param origin - The provider.
 * @returns The text.
 * @throws {@link AnswerTooLargeError} when it is longer than 1 MiB.
 */
export async function readDocument(response: Response, origin: string): Promise<string> {
  return new TextDecoder().decode(await readBody(response, { limit: documentBytes, origin }))
}
