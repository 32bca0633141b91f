import type { Hash, Hex } from 'viem'

import { readHex, toHex } from '../internal/hex.js'
import { createNobleEngine } from '../signature/createNobleEngine.js'
import type { SignatureEngine } from '../signature/engine.js'
import { GrantMalformedError } from './errors.js'

/**
 * Computes the names of a session's key: the hash that the grant signs, and the short name that requests carry.
 *
 * @param parameters - {@link nameSessionKey.Parameters}
 * @returns Keccak-256 of the key, and its first 8 bytes.
 * @throws {@link GrantMalformedError} when the key is not 32 bytes.
 *
 * @example
 * ```ts
 * import { nameSessionKey } from '@aitoken/inference'
 * import { generatePrivateKey } from 'viem/accounts'
 *
 * export const { keyHash, keyId } = nameSessionKey({ key: generatePrivateKey() })
 * ```
 */
export function nameSessionKey(parameters: nameSessionKey.Parameters): { keyHash: Hash; keyId: Hex } {
  const { engine = createNobleEngine({ tables: 0 }), key } = parameters
  const bytes = readHex(key, 32)
  if (!bytes) throw new GrantMalformedError({ reason: 'its key is not 32 bytes' })
  const keyHash = toHex(engine.keccak256(bytes))
  return { keyHash, keyId: `0x${keyHash.slice(2, 18)}` }
}

export declare namespace nameSessionKey {
  type Parameters = {
    /** What hashes. @default the pure JavaScript engine */
    engine?: SignatureEngine | undefined
    /** The session's secret key, of 32 random bytes. */
    key: Hex
  }
  type ErrorType = GrantMalformedError
}
