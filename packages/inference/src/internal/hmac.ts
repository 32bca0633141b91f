import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'

/** HMAC-SHA256 (RFC 2104): Node's own where there is one, which is several times faster. */
export function hmacSha256(key: Uint8Array, parts: readonly Uint8Array[]): Uint8Array {
  const crypto = globalThis.process?.getBuiltinModule?.('node:crypto')
  const code = crypto ? crypto.createHmac('sha256', key) : hmac.create(sha256, key)
  for (const part of parts) code.update(part)
  return code.digest()
}
