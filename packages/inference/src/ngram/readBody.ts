import { NgramRequestError } from './errors.js'

/**
 * Reads a request's body as JSON, and stops reading where it grows too long.
 *
 * @internal
 */
export async function readBody(request: Request, limit: number): Promise<unknown> {
  const reader = request.body?.getReader()
  const parts: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    length += part.value.length
    parts.push(part.value)
    if (length <= limit) continue
    await reader?.cancel()
    throw new NgramRequestError({ message: `The body is longer than ${limit} bytes.`, status: 413 })
  }
  const bytes = await new Blob(parts).arrayBuffer()
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new NgramRequestError({ cause, message: 'The body is not valid JSON in UTF-8.' })
  }
}
