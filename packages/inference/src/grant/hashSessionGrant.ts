import type { Hash } from 'viem'

import { toHex } from '../internal/hex.js'
import type { InferenceDomain } from '../price/priceTable.js'
import { createNobleEngine } from '../signature/createNobleEngine.js'
import { createStructHasher } from '../signature/createStructHasher.js'
import type { SignatureEngine } from '../signature/engine.js'
import { GrantMalformedError } from './errors.js'
import { type SessionGrant, toSessionGrantTypedData } from './sessionGrant.js'

/**
 * Hashes a session's grant as EIP-712 does.
 *
 * @param parameters - {@link hashSessionGrant.Parameters}, the limit in base units.
 * @returns The 32 bytes that are signed.
 * @throws {@link GrantMalformedError} when a value does not fit its field.
 *
 * @example
 * ```ts
 * import { hashSessionGrant } from '@aitoken/inference'
 *
 * export const digest = hashSessionGrant({
 *   chainId: 8453,
 *   channelId: `0x${'00'.repeat(32)}`,
 *   channels: '0x0000000000000000000000000000000000000001',
 *   expiry: 1_800_000_000n,
 *   keyHash: `0x${'11'.repeat(32)}`,
 *   limit: 1_000_000n,
 * })
 * ```
 */
export function hashSessionGrant(parameters: hashSessionGrant.Parameters): Hash {
  const { engine = createNobleEngine({ tables: 0 }) } = parameters
  const { domain, message, primaryType, types } = toSessionGrantTypedData(parameters)
  const digest = createStructHasher(engine, { domain, primaryType, types })(message)
  if (!digest) throw new GrantMalformedError({ reason: 'a value does not fit its field' })
  return toHex(digest)
}

export declare namespace hashSessionGrant {
  type Parameters = InferenceDomain &
    SessionGrant & {
      /** What hashes. @default the pure JavaScript engine */
      engine?: SignatureEngine | undefined
    }
  type ErrorType = GrantMalformedError
}
