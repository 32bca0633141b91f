import type { Hash } from 'viem'

import { toHex } from '../internal/hex.js'
import { createNobleEngine } from '../signature/createNobleEngine.js'
import { createStructHasher } from '../signature/createStructHasher.js'
import type { SignatureEngine } from '../signature/engine.js'
import type { VoucherDomain } from '../voucher/voucher.js'
import { StatementMalformedError } from './errors.js'
import { type Statement, toStatementTypedData } from './statement.js'

/**
 * Hashes a final statement as EIP-712 does.
 *
 * @param parameters - {@link hashStatement.Parameters}, amounts in base units.
 * @returns The 32 bytes that are signed.
 * @throws {@link StatementMalformedError} when a value does not fit its field.
 *
 * @example
 * ```ts
 * import { hashStatement } from '@aitoken/inference'
 *
 * export const digest = hashStatement({
 *   chainId: 8453,
 *   channelId: `0x${'00'.repeat(32)}`,
 *   channels: '0x0000000000000000000000000000000000000001',
 *   deadline: 1_900_000_000n,
 *   spent: 1_000_000n,
 * })
 * ```
 */
export function hashStatement(parameters: hashStatement.Parameters): Hash {
  const { engine = createNobleEngine({ tables: 0 }) } = parameters
  const { domain, message, primaryType, types } = toStatementTypedData(parameters)
  const digest = createStructHasher(engine, { domain, primaryType, types })(message)
  if (!digest) throw new StatementMalformedError({ reason: 'a value does not fit its field' })
  return toHex(digest)
}

export declare namespace hashStatement {
  type Parameters = Statement &
    VoucherDomain & {
      /** What hashes. @default the pure JavaScript engine */
      engine?: SignatureEngine | undefined
    }
  type ErrorType = StatementMalformedError
}
