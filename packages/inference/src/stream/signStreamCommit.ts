import type { Hex, LocalAccount } from 'viem'

import type { Signer } from '../signature/privateKeyToSigner.js'
import type { VoucherDomain } from '../voucher/voucher.js'
import { hashStreamCommit } from './hashStreamCommit.js'
import { type StreamCommit, toStreamCommitTypedData } from './streamCommit.js'

/**
 * Signs a stream commitment (EIP-712). Each link revealed afterwards pays one unit more, without a signature.
 *
 * @param account - The channel's authorized signer, or its payer.
 * @param parameters - {@link signStreamCommit.Parameters}, amounts in base units.
 * @returns The signature, of 65 bytes.
 * @throws {@link StreamCommitMalformedError} when a value does not fit its field.
 *
 * @example
 * ```ts
 * import { signStreamCommit } from '@aitoken/inference'
 * import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
 *
 * export const signature = signStreamCommit(privateKeyToAccount(generatePrivateKey()), {
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
export async function signStreamCommit(
  account: LocalAccount | Signer,
  parameters: signStreamCommit.Parameters,
): Promise<Hex> {
  if ('signDigest' in account)
    return account.sign({ hash: hashStreamCommit({ ...parameters, engine: account.engine }) })
  hashStreamCommit(parameters) // refuses, with a typed error, what no contract would take
  return account.signTypedData(toStreamCommitTypedData(parameters))
}

export declare namespace signStreamCommit {
  type Parameters = StreamCommit & VoucherDomain
  type ErrorType = hashStreamCommit.ErrorType
}
