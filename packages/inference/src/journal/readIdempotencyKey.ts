import { IdempotencyKeyError } from './errors.js'

/** Name of the header by which a request is repeated without being charged again. */
export const idempotencyKeyHeader = 'idempotency-key'

/**
 * Reads a request's idempotency key.
 *
 * @param headers - The request's headers.
 * @returns The key; undefined when there is none.
 * @throws {@link IdempotencyKeyError} when it is not 1 to 255 visible ASCII characters.
 */
export function readIdempotencyKey(headers: Headers): string | undefined {
  const key = headers.get(idempotencyKeyHeader)
  if (key === null) return undefined
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw new IdempotencyKeyError()
  return key
}
