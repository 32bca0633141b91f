import type { Hex, LocalAccount } from 'viem'

import type { Signer } from '../signature/privateKeyToSigner.js'
import type { VoucherDomain } from '../voucher/voucher.js'
import { hashStatement } from './hashStatement.js'
import { type Statement, toStatementTypedData } from './statement.js'

/**
 * Signs a final statement (EIP-712). The payer, or anybody else, can then close the channel at once.
 *
 * @param account - The payee.
 * @param parameters - {@link signStatement.Parameters}, amounts in base units.
 * @returns The signature, of 65 bytes.
 * @throws {@link StatementMalformedError} when a value does not fit its field.
 *
 * @example
 * ```ts
 * import { signStatement } from '@aitoken/inference'
 * import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
 *
 * export const signature = signStatement(privateKeyToAccount(generatePrivateKey()), {
 *   chainId: 8453,
 *   channelId: `0x${'00'.repeat(32)}`,
 *   channels: '0x0000000000000000000000000000000000000001',
 *   deadline: 1_900_000_000n,
 *   spent: 1_000_000n,
 * })
 * ```
 */
export async function signStatement(
  account: LocalAccount | Signer,
  parameters: signStatement.Parameters,
): Promise<Hex> {
  if ('signDigest' in account)
    return account.sign({ hash: hashStatement({ ...parameters, engine: account.engine }) })
  hashStatement(parameters) // refuses, with a typed error, what no contract would take
  return account.signTypedData(toStatementTypedData(parameters))
}

export declare namespace signStatement {
  type Parameters = Statement & VoucherDomain
  type ErrorType = hashStatement.ErrorType
}
