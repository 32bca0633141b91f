import { accountOf, addressOf, type WriteClient } from '@aitoken/core/internal'
import { type Address, type Hex, pad } from 'viem'

import { authorizationNonce } from '../channel/authorizationNonce.js'
import type { Authorization } from '../channel/funding.js'
import { type AuthorizationParameters, signReceive } from '../internal/signReceive.js'

/**
 * Signs an ERC-3009 authorization that puts tokens into the signer's own vault. Whoever holds it can send
 * {@link depositToVaultWithAuthorization}.
 *
 * @param client - Client whose account signs: the owner.
 * @param parameters - {@link signDepositAuthorization.Parameters}
 * @returns The authorization.
 * @throws `InvalidSignatureError` when the account is a contract wallet, which cannot sign it.
 * @throws `UserRejectedError` when the wallet's owner declines.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { signDepositAuthorization } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, salt: `0x${string}`) =>
 *   signDepositAuthorization(client, { amount: 1_000_000n, salt })
 * ```
 */
export async function signDepositAuthorization(
  client: WriteClient,
  parameters: signDepositAuthorization.Parameters,
): Promise<signDepositAuthorization.ReturnType> {
  const { amount, salt, token = addressOf(client, 'aiToken') } = parameters
  const { address } = accountOf(client, 'signDepositAuthorization')
  const nonce = authorizationNonce('deposit', [pad(address), salt])
  return signReceive(client, { ...parameters, nonce, token, value: amount })
}

export declare namespace signDepositAuthorization {
  type Parameters = AuthorizationParameters & {
    /** Base units; the authorization's value. */
    amount: bigint
    /** Tells deposits of the same owner apart, 32 bytes. */
    salt: Hex
    /** The ERC-20 token. @default AIT on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = Authorization
  type ErrorType = signReceive.ErrorType
}
