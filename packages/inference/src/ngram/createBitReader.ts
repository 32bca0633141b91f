import { NgramFormatError } from './errors.js'

/** Reads numbers that {@link createBitWriter} wrote. */
export type BitReader = {
  /** Bits not read yet. */
  left: () => number
  /** Reads an exponential Golomb code with `width` plain low bits. */
  readGolomb: (width: number) => number
}

/**
 * Makes a reader of bits, the highest of each byte first.
 *
 * @internal
 */
export function createBitReader(bytes: Uint8Array): BitReader {
  let position = 0
  const end = bytes.length * 8

  const readBit = () => {
    if (position >= end) throw new NgramFormatError({ problem: 'they end in the middle of a number' })
    const bit = ((bytes[position >> 3] ?? 0) >> (7 - (position & 7))) & 1
    position++
    return bit
  }

  return {
    left: () => end - position,
    readGolomb: (width) => {
      let zeros = 0
      while (readBit() === 0)
        if (++zeros + width > 31) throw new NgramFormatError({ problem: 'a number has more than 31 bits' })
      let value = 1
      for (let bits = zeros + width; bits > 0; bits--) value = value * 2 + readBit()
      return value - 2 ** width
    },
  }
}
