/**
 * Writes bytes as base64url without padding (RFC 4648, section 5).
 *
 * @param bytes - The bytes.
 * @returns The text.
 */
export function encodeBase64Url(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replace(/[+/=]/g, (sign) => (sign === '+' ? '-' : sign === '/' ? '_' : ''))
}

/**
 * Reads base64url without padding, and nothing that only resembles it: one text for one value.
 *
 * @param text - The text.
 * @param start - Where it begins in `text`.
 * @returns The bytes, or undefined when it is malformed.
 */
export function decodeBase64Url(text: string, start = 0): Uint8Array | undefined {
  const length = text.length - start
  const rest = length & 3
  if (rest === 1) return undefined
  const bytes = new Uint8Array((length * 3) >> 2)
  let bits = 0
  let held = 0
  let at = 0
  for (let index = start; index < text.length; index++) {
    const value = toSixBits(text.charCodeAt(index))
    if (value < 0) return undefined
    held = (held << 6) | value
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = held >> bits
      held &= (1 << bits) - 1
    }
  }
  // Bits left over must be zero, or two texts would mean the same bytes.
  return held === 0 ? bytes : undefined
}

/** Value of a base64url digit, or -1. */
function toSixBits(code: number): number {
  if (code >= 97) return code <= 122 ? code - 71 : -1
  if (code >= 65) return code <= 90 ? code - 65 : code === 95 ? 63 : -1
  if (code >= 48) return code <= 57 ? code + 4 : -1
  return code === 45 ? 62 : -1
}
