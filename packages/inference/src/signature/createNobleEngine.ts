import { secp256k1 } from '@noble/curves/secp256k1.js'
import { keccak_256 } from '@noble/hashes/sha3.js'

import { toHex } from '../internal/hex.js'
import type { SignatureEngine } from './engine.js'
import { SignatureMalformedError } from './errors.js'

type Point = typeof secp256k1.Point.BASE

/** How often a key is seen before its multiples are tabulated: a table costs as much as about 20 checks. */
const patience = 16

/**
 * Creates the pure JavaScript engine, which runs anywhere and needs no loading. It tabulates the multiples of
 * keys that it sees again and again, which makes their signatures about three times cheaper to check.
 *
 * @param parameters - {@link createNobleEngine.Parameters}
 * @returns The engine, with tables of its own.
 *
 * @example
 * ```ts
 * import { createNobleEngine } from '@aitoken/inference'
 *
 * export const hashOf = (bytes: Uint8Array) => createNobleEngine().keccak256(bytes)
 * ```
 */
export function createNobleEngine(parameters: createNobleEngine.Parameters = {}): SignatureEngine {
  const { tables = 64 } = parameters
  const { Fn, Fp } = secp256k1.Point
  const seen = new Map<string, { count: number; point: Point }>()
  let base: Point | undefined

  /** The point of a key that has come back often enough, most recent last. */
  function tabulated(publicKey: Uint8Array): Point | undefined {
    if (tables === 0) return undefined
    const name = toHex(publicKey)
    const entry = seen.get(name) ?? { count: 0, point: secp256k1.Point.fromBytes(publicKey) }
    entry.count++
    if (entry.count === patience) entry.point.precompute(6)
    seen.delete(name)
    seen.set(name, entry)
    const oldest = seen.keys().next().value
    if (seen.size > tables && oldest !== undefined) seen.delete(oldest)
    return entry.count >= patience ? entry.point : undefined
  }

  return {
    getPublicKey: (privateKey) => secp256k1.getPublicKey(privateKey, false),
    keccak256: (bytes) => keccak_256(bytes),
    name: 'noble',
    recover(digest, signature) {
      const recovered = new Uint8Array(65)
      recovered[0] = (signature[64] ?? 0) - 27
      recovered.set(signature.subarray(0, 64), 1)
      try {
        return secp256k1.Signature.fromBytes(recovered, 'recovered').recoverPublicKey(digest).toBytes(false)
      } catch (cause) {
        throw new SignatureMalformedError({ cause, reason: 'no key can have made it' })
      }
    },
    sign(digest, privateKey) {
      const recovered = secp256k1.sign(digest, privateKey, { format: 'recovered', prehash: false })
      const signature = new Uint8Array(65)
      signature.set(recovered.subarray(1))
      signature[64] = 27 + (recovered[0] ?? 0)
      return signature
    },
    verify(digest, signature, publicKey) {
      const compact = signature.subarray(0, 64)
      const key = tabulated(publicKey)
      if (!key) return secp256k1.verify(compact, digest, publicKey, { prehash: false })
      const r = BigInt(toHex(compact.subarray(0, 32)))
      const s = BigInt(toHex(compact.subarray(32)))
      if (r === 0n || r >= Fn.ORDER || s === 0n || s > Fn.ORDER >> 1n) return false
      // Noble's own base point keeps its smaller table: other code in the process may rely on it.
      base ??= new secp256k1.Point(secp256k1.Point.BASE.X, secp256k1.Point.BASE.Y, Fp.ONE).precompute(8)
      const inverse = Fn.inv(s)
      const hash = Fn.create(BigInt(toHex(digest)))
      const point = base.multiplyUnsafe(Fn.mul(hash, inverse)).add(key.multiplyUnsafe(Fn.mul(r, inverse)))
      return !point.is0() && Fn.create(point.toAffine().x) === r
    },
  }
}

export declare namespace createNobleEngine {
  type Parameters = {
    /**
     * How many keys to keep tables for, each about 300 kB; 0 for none.
     *
     * @default 64
     */
    tables?: number | undefined
  }
}
