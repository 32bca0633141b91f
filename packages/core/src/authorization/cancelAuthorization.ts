import type { Address, Hash, Hex } from 'viem'

import { type Call, call } from '../call/call.js'
import { send } from '../call/send.js'
import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { WriteClient } from '../internal/client.js'
import { splitSignature } from '../internal/splitSignature.js'
import { tokenReverts } from '../token/reverts.js'

/**
 * Builds the call that cancels an authorization, without sending it.
 *
 * @param parameters - {@link cancelAuthorization.Parameters}, with the token given.
 * @returns The call, to send, batch, simulate, describe or propose.
 * @throws {@link InvalidSignatureError} when the signature is malformed.
 *
 * @example
 * ```ts
 * import { cancelAuthorizationCall } from '@aitoken/core'
 *
 * const call = cancelAuthorizationCall({
 *   authorizer: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   nonce: `0x${'11'.repeat(32)}`,
 *   signature: `0x${'00'.repeat(65)}`,
 *   token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 * })
 * ```
 */
export function cancelAuthorizationCall(
  parameters: cancelAuthorizationCall.Parameters,
): Call<typeof aiTokenAbi, 'cancelAuthorization'> {
  const { authorizer, nonce, signature, token } = parameters
  const { r, s, v } = splitSignature(signature)
  return call({
    abi: aiTokenAbi,
    args: [authorizer, nonce, v, r, s],
    functionName: 'cancelAuthorization',
    to: token,
  })
}

export declare namespace cancelAuthorizationCall {
  type Parameters = cancelAuthorization.Parameters & {
    /** Token contract. */
    token: Address
  }
  type ErrorType = call.ErrorType | splitSignature.ErrorType
}

/**
 * Cancels an authorization that was not used yet, by its signer's signature (ERC-3009). See {@link signAuthorizationCancellation}.
 *
 * @param client - Client with an account.
 * @param parameters - {@link cancelAuthorization.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link AuthorizationUsedError} when it was used or cancelled before.
 * @throws {@link InvalidSignatureError} when the signature is malformed or over other fields.
 *
 * @example
 * ```ts
 * import { cancelAuthorization } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { privateKeyToAccount } from 'viem/accounts'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({
 *   account: privateKeyToAccount(process.env['PRIVATE_KEY'] as `0x${string}`),
 *   chain: base,
 *   transport: http(),
 * })
 *
 * const hash = await cancelAuthorization(client, {
 *   authorizer: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   nonce: `0x${'11'.repeat(32)}`,
 *   signature: `0x${'00'.repeat(65)}`,
 * })
 * ```
 */
export async function cancelAuthorization(
  client: WriteClient,
  parameters: cancelAuthorization.Parameters,
): Promise<cancelAuthorization.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  return send(client, cancelAuthorizationCall({ ...parameters, token }), tokenReverts)
}

export declare namespace cancelAuthorization {
  type Parameters = {
    /** Who signed the authorization and its cancellation. */
    authorizer: Address
    /** The 32 bytes that make the authorization unique. */
    nonce: Hex
    /** The 65-byte signature, or its 64-byte compact form (ERC-2098). */
    signature: Hex
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | cancelAuthorizationCall.ErrorType
    | send.ErrorType<
        typeof tokenReverts,
        'ECDSAInvalidSignature' | 'ERC3009InvalidSignature' | 'ERC3009UsedAuthorization'
      >
}
