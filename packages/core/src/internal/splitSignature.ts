import { type Hex, isHex } from 'viem'

import { InvalidSignatureError } from '../errors/InvalidSignatureError.js'

/** Half of the curve's order: the token refuses signatures whose s is above it. */
const halfOrder = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n

/**
 * Splits a signature into what contracts take.
 *
 * @param signature - 65 bytes, or 64 in the compact form of ERC-2098.
 * @returns The three parts, with `v` 27 or 28.
 * @throws {@link InvalidSignatureError} when it has another length, or parts out of range.
 */
export function splitSignature(signature: Hex): splitSignature.ReturnType {
  if (!isHex(signature)) throw new InvalidSignatureError({ reason: 'it is not hexadecimal' })
  const size = (signature.length - 2) / 2
  if (size !== 64 && size !== 65) throw new InvalidSignatureError({ reason: `it has ${size} bytes` })
  const r = `0x${signature.slice(2, 66)}` as const
  const tail = BigInt(`0x${signature.slice(66, 130)}`)
  const compact = size === 64
  // The compact form keeps the parity in the top bit of s.
  const s = compact ? tail & (2n ** 255n - 1n) : tail
  const last = compact ? Number(tail >> 255n) : Number(`0x${signature.slice(130)}`)
  const v = last < 27 ? last + 27 : last
  if (v !== 27 && v !== 28) throw new InvalidSignatureError({ reason: `its last byte is ${last}` })
  if (s > halfOrder)
    throw new InvalidSignatureError({ reason: 'its s is in the upper half of the curve order' })
  return { r, s: `0x${s.toString(16).padStart(64, '0')}`, v }
}

export declare namespace splitSignature {
  type ReturnType = { r: Hex; s: Hex; v: 27 | 28 }
  type ErrorType = InvalidSignatureError
}
