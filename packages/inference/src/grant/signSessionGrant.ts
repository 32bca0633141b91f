import type { Hex, LocalAccount } from 'viem'

import type { InferenceDomain } from '../price/priceTable.js'
import type { Signer } from '../signature/privateKeyToSigner.js'
import { hashSessionGrant } from './hashSessionGrant.js'
import { type SessionGrant, toSessionGrantTypedData } from './sessionGrant.js'

/**
 * Signs a session's grant (EIP-712). Requests under it then carry a code made with its key instead of a signature.
 *
 * @param account - The channel's authorized signer, or its payer.
 * @param parameters - {@link signSessionGrant.Parameters}, the limit in base units.
 * @returns The signature, of 65 bytes.
 * @throws {@link GrantMalformedError} when a value does not fit its field.
 *
 * @example
 * ```ts
 * import { nameSessionKey, signSessionGrant } from '@aitoken/inference'
 * import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
 *
 * const key = generatePrivateKey()
 * export const signature = signSessionGrant(privateKeyToAccount(generatePrivateKey()), {
 *   chainId: 8453,
 *   channelId: `0x${'00'.repeat(32)}`,
 *   channels: '0x0000000000000000000000000000000000000001',
 *   expiry: BigInt(Math.floor(Date.now() / 1000) + 3_600),
 *   keyHash: nameSessionKey({ key }).keyHash,
 *   limit: 1_000_000n,
 * })
 * ```
 */
export async function signSessionGrant(
  account: LocalAccount | Signer,
  parameters: signSessionGrant.Parameters,
): Promise<Hex> {
  if ('signDigest' in account)
    return account.sign({ hash: hashSessionGrant({ ...parameters, engine: account.engine }) })
  hashSessionGrant(parameters) // refuses, with a typed error, what no provider would take
  return account.signTypedData(toSessionGrantTypedData(parameters))
}

export declare namespace signSessionGrant {
  type Parameters = InferenceDomain & SessionGrant
  type ErrorType = hashSessionGrant.ErrorType
}
