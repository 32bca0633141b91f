/** Where a UTF-8 decoder stands between two bytes: `boundary` after a whole character, below it after nonsense. */
export const boundary = 0

/** The state after bytes that no valid UTF-8 contains. */
export const invalid = -1

/**
 * Advances over bytes, as RFC 3629 restricts them (no overlong forms, no surrogates, nothing above U+10FFFF).
 * States 1 to 3 wait for that many continuation bytes; 4 to 7 wait for the narrower second byte of E0, ED, F0
 * and F4.
 *
 * @internal
 */
export function advanceUtf8(state: number, bytes: Uint8Array): number {
  let current = state
  for (const byte of bytes) {
    current = advance(current, byte)
    if (current === invalid) return invalid
  }
  return current
}

function advance(state: number, byte: number): number {
  if (state === boundary) {
    if (byte < 0x80) return boundary
    if (byte < 0xc2 || byte > 0xf4) return invalid
    if (byte < 0xe0) return 1
    if (byte < 0xf0) return byte === 0xe0 ? 4 : byte === 0xed ? 5 : 2
    return byte === 0xf0 ? 6 : byte === 0xf4 ? 7 : 3
  }
  const low = state === 4 ? 0xa0 : state === 6 ? 0x90 : 0x80
  const high = state === 5 ? 0x9f : state === 7 ? 0x8f : 0xbf
  if (byte < low || byte > high) return invalid
  if (state <= 3) return state - 1
  return state <= 5 ? 1 : 2
}
