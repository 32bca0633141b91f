/**
 * The file format, version 1. Numbers are little-endian.
 *
 * | offset | bytes | what |
 * | --- | --- | --- |
 * | 0 | 4 | `AITN` |
 * | 4 | 2 | version, 1 |
 * | 6 | 2 | tokens of the tokenizer, v |
 * | 8 | 4 | CRC-32 (IEEE 802.3) of all other bytes, these four read as zeros |
 * | 12 | 1 | order, n |
 * | 13 | 2 × n | strengths, in 256ths |
 * | … | 4 × n | number of n-grams of each length |
 * | … | 4 × (v - 256) | merges: left and right token, 2 bytes each |
 * | … | to the end | n-grams, shortest first, as bits, the highest of a byte first |
 *
 * Each parent (the empty context for the first level) writes the number of its followers with width 0, and
 * for each follower, in ascending order, how far its token is from the one before (the first from -1), less
 * one, with {@link gapWidth}, and its count less one with width 0. All are exponential Golomb codes: see
 * `createBitWriter`. The empty context's number of followers is in the header alone. Zeros fill the last byte.
 *
 * @internal
 */
export const format = { checksumAt: 8, headerBytes: 13, magic: 'AITN', version: 1 } as const

/**
 * The width that suits the gaps between `count` tokens drawn from `size`.
 *
 * @internal
 */
export function gapWidth(size: number, count: number): number {
  return Math.max(0, Math.floor(Math.log2(size / count)) - 1)
}

/**
 * Computes the checksum of a model's bytes.
 *
 * @internal
 */
export function checksum(bytes: Uint8Array): number {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let entry = byte
    for (let bit = 0; bit < 8; bit++) entry = entry & 1 ? (entry >>> 1) ^ 0xedb88320 : entry >>> 1
    return entry
  })
  let crc = 0xffffffff
  for (let index = 0; index < bytes.length; index++) {
    const skipped = index >= format.checksumAt && index < format.checksumAt + 4
    const byte = skipped ? 0 : (bytes[index] ?? 0)
    crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
  }
  return ~crc >>> 0
}
