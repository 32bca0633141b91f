import type { Hex } from 'viem'

import { toHex } from '../internal/hex.js'

/**
 * Makes a random salt for a channel. Only its last 8 bytes are random: that tells channels apart well enough, and
 * the zeros make each settlement of the channel in a batch cheaper.
 *
 * @returns 32 bytes.
 *
 * @example
 * ```ts
 * import { createSalt } from '@aitoken/inference'
 *
 * export const salt = createSalt()
 * ```
 */
export function createSalt(): Hex {
  const salt = new Uint8Array(32)
  crypto.getRandomValues(salt.subarray(24))
  return toHex(salt)
}
