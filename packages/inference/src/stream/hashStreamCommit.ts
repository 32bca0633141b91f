import type { Hash } from 'viem'

import { toHex } from '../internal/hex.js'
import { createNobleEngine } from '../signature/createNobleEngine.js'
import { createStructHasher } from '../signature/createStructHasher.js'
import type { SignatureEngine } from '../signature/engine.js'
import type { VoucherDomain } from '../voucher/voucher.js'
import { StreamCommitMalformedError } from './errors.js'
import { type StreamCommit, toStreamCommitTypedData } from './streamCommit.js'

/**
 * Hashes a stream commitment as EIP-712 does.
 *
 * @param parameters - {@link hashStreamCommit.Parameters}, amounts in base units.
 * @returns The 32 bytes that are signed.
 * @throws {@link StreamCommitMalformedError} when a value does not fit its field.
 *
 * @example
 * ```ts
 * import { hashStreamCommit } from '@aitoken/inference'
 *
 * export const digest = hashStreamCommit({
 *   chainId: 8453,
 *   base: 0n,
 *   channelId: `0x${'00'.repeat(32)}`,
 *   channels: '0x0000000000000000000000000000000000000001',
 *   maxSteps: 256,
 *   root: `0x${'11'.repeat(32)}`,
 *   unit: 1_000n,
 * })
 * ```
 */
export function hashStreamCommit(parameters: hashStreamCommit.Parameters): Hash {
  const { engine = createNobleEngine({ tables: 0 }) } = parameters
  const { domain, message, primaryType, types } = toStreamCommitTypedData(parameters)
  const hash = createStructHasher(engine, { domain, primaryType, types })
  const steps = Number.isSafeInteger(message.maxSteps) ? BigInt(message.maxSteps) : -1n
  const digest = hash({ ...message, maxSteps: steps })
  if (!digest) throw new StreamCommitMalformedError({ reason: 'a value does not fit its field' })
  return toHex(digest)
}

export declare namespace hashStreamCommit {
  type Parameters = StreamCommit &
    VoucherDomain & {
      /** What hashes. @default the pure JavaScript engine */
      engine?: SignatureEngine | undefined
    }
  type ErrorType = StreamCommitMalformedError
}
