/** Writes numbers as bits. */
export type BitWriter = {
  /** All bits so far, the last byte filled up with zeros. */
  finish: () => Uint8Array
  /** Writes a number from 0 to 2³¹ - 1 as an exponential Golomb code with `width` plain low bits. */
  writeGolomb: (value: number, width: number) => void
}

/**
 * Makes a writer of bits, the highest of each byte first. A number n becomes n + 2^width in binary, after as
 * many zeros as that has bits beyond 1 + width.
 *
 * @internal
 */
export function createBitWriter(): BitWriter {
  const bytes: number[] = []
  let current = 0
  let filled = 0

  const writeBit = (bit: number) => {
    current = current * 2 + bit
    if (++filled < 8) return
    bytes.push(current)
    current = 0
    filled = 0
  }

  return {
    finish: () => Uint8Array.from(filled > 0 ? [...bytes, current << (8 - filled)] : bytes),
    writeGolomb: (value, width) => {
      const digits = (value + 2 ** width).toString(2)
      for (let zeros = digits.length - 1 - width; zeros > 0; zeros--) writeBit(0)
      for (const digit of digits) writeBit(digit === '1' ? 1 : 0)
    },
  }
}
