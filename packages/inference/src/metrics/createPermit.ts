import { createHash, timingSafeEqual } from 'node:crypto'

/**
 * Creates what decides who may read the metrics.
 *
 * @param token - What must be sent as `authorization: Bearer …`; undefined when nothing must.
 * @returns Whether a request may.
 */
export function createPermit(token: string | undefined): (request: Request) => boolean {
  if (token === undefined) return () => true
  // Hashes are of one length, and comparing them takes the same time whatever was sent.
  const expected = digest(`Bearer ${token}`)
  return (request) => timingSafeEqual(digest(request.headers.get('authorization') ?? ''), expected)
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
