import { sha256 } from './sha256.js'

/** HMAC-SHA256 (RFC 2104), by two plain hashes: Node's own HMAC takes five times as long to begin. */
export function hmacSha256(key: Uint8Array, parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 64)
  const inner = new Uint8Array(length)
  const outer = new Uint8Array(96)
  const short = key.length > 64 ? sha256(key) : key
  for (let index = 0; index < 64; index++) {
    const byte = short[index] ?? 0
    inner[index] = byte ^ 0x36
    outer[index] = byte ^ 0x5c
  }
  let at = 64
  for (const part of parts) {
    inner.set(part, at)
    at += part.length
  }
  outer.set(sha256(inner), 64)
  return sha256(outer)
}
