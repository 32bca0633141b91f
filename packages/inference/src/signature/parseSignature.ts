import { readHex } from '../internal/hex.js'
import { SignatureMalformedError } from './errors.js'

/** Order of secp256k1. */
const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

/** Reads 32 big-endian bytes. */
function readWord(view: DataView, offset: number): bigint {
  return (
    (view.getBigUint64(offset) << 192n) |
    (view.getBigUint64(offset + 8) << 128n) |
    (view.getBigUint64(offset + 16) << 64n) |
    view.getBigUint64(offset + 24)
  )
}

/**
 * Reads a signature as strictly as the contract does, before any curve arithmetic is spent on it.
 *
 * @param signature - 65 bytes, or their `0x` string: `r`, `s`, and 27 or 28.
 * @returns The 65 bytes.
 * @throws {@link SignatureMalformedError} when the length, `r`, `s` or `v` is out of range.
 *
 * @example
 * ```ts
 * import { parseSignature } from '@aitoken/inference'
 *
 * export const size = (signature: `0x${string}`) => parseSignature(signature).length
 * ```
 */
export function parseSignature(signature: string | Uint8Array): Uint8Array {
  const bytes = signature instanceof Uint8Array ? signature : readHex(signature, 65)
  if (bytes?.length !== 65) throw new SignatureMalformedError({ reason: 'it is not 65 bytes of hexadecimal' })
  const view = new DataView(bytes.buffer, bytes.byteOffset, 65)
  const r = readWord(view, 0)
  if (r === 0n || r >= order) throw new SignatureMalformedError({ reason: '`r` is out of range' })
  const s = readWord(view, 32)
  if (s === 0n || s >= order) throw new SignatureMalformedError({ reason: '`s` is out of range' })
  if (s > order / 2n) throw new SignatureMalformedError({ reason: '`s` is the high one of two' })
  if (bytes[64] !== 27 && bytes[64] !== 28)
    throw new SignatureMalformedError({ reason: '`v` is neither 27 nor 28' })
  return bytes
}

export declare namespace parseSignature {
  type ErrorType = SignatureMalformedError
}
