import type { Address, Hash, Hex } from 'viem'

import { type Call, call } from '../call/call.js'
import { send } from '../call/send.js'
import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { WriteClient } from '../internal/client.js'
import { splitSignature } from '../internal/splitSignature.js'
import { tokenReverts } from '../token/reverts.js'

/**
 * Builds the call that delegates votes by signature, without sending it.
 *
 * @param parameters - {@link delegateBySig.Parameters}, with the token given.
 * @returns The call, to send, batch, simulate, describe or propose.
 * @throws {@link InvalidSignatureError} when the signature is malformed.
 *
 * @example
 * ```ts
 * import { delegateBySigCall } from '@aitoken/core'
 *
 * const call = delegateBySigCall({
 *   delegatee: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   expiry: 1_900_000_000n,
 *   nonce: 0n,
 *   signature: `0x${'00'.repeat(65)}`,
 *   token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 * })
 * ```
 */
export function delegateBySigCall(
  parameters: delegateBySigCall.Parameters,
): Call<typeof aiTokenAbi, 'delegateBySig'> {
  const { delegatee, expiry, nonce, signature, token } = parameters
  const { r, s, v } = splitSignature(signature)
  return call({
    abi: aiTokenAbi,
    args: [delegatee, nonce, expiry, v, r, s],
    functionName: 'delegateBySig',
    to: token,
  })
}

export declare namespace delegateBySigCall {
  type Parameters = delegateBySig.Parameters & {
    /** Token contract. */
    token: Address
  }
  type ErrorType = call.ErrorType | splitSignature.ErrorType
}

/**
 * Delegates the votes of whoever signed (ERC-5805); anybody may submit it. See {@link signDelegation}.
 *
 * @param client - Client with an account.
 * @param parameters - {@link delegateBySig.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link SignatureExpiredError} when the deadline has passed.
 * @throws {@link InvalidNonceError} when the nonce is not the next.
 * @throws {@link InvalidSignatureError} when the signature is malformed or over other fields.
 *
 * @example
 * ```ts
 * import { delegateBySig } from '@aitoken/core'
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
 * const hash = await delegateBySig(client, {
 *   delegatee: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   expiry: 1_900_000_000n,
 *   nonce: 0n,
 *   signature: `0x${'00'.repeat(65)}`,
 * })
 * ```
 */
export async function delegateBySig(
  client: WriteClient,
  parameters: delegateBySig.Parameters,
): Promise<delegateBySig.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  return send(client, delegateBySigCall({ ...parameters, token }), tokenReverts)
}

export declare namespace delegateBySig {
  type Parameters = {
    /** Who votes from now on. */
    delegatee: Address
    /** Last second at which the signature is valid, since 1970. */
    expiry: bigint
    /** The signer's nonce. */
    nonce: bigint
    /** The 65-byte signature, or its 64-byte compact form (ERC-2098). */
    signature: Hex
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | delegateBySigCall.ErrorType
    | send.ErrorType<
        typeof tokenReverts,
        'ECDSAInvalidSignature' | 'InvalidAccountNonce' | 'VotesExpiredSignature'
      >
}
