import type { Address, Hash, Hex } from 'viem'

import { type Call, call } from '../call/call.js'
import { send } from '../call/send.js'
import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { WriteClient } from '../internal/client.js'
import { splitSignature } from '../internal/splitSignature.js'
import { tokenReverts } from '../token/reverts.js'

/**
 * Builds the call that transfers tokens by signature, without sending it.
 *
 * @param parameters - {@link transferWithAuthorization.Parameters}, with the token given.
 * @returns The call, to send, batch, simulate, describe or propose.
 * @throws {@link InvalidSignatureError} when the signature is malformed.
 *
 * @example
 * ```ts
 * import { transferWithAuthorizationCall } from '@aitoken/core'
 *
 * const call = transferWithAuthorizationCall({
 *   amount: 12_500_000_000_000_000_000n,
 *   from: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   nonce: `0x${'11'.repeat(32)}`,
 *   signature: `0x${'00'.repeat(65)}`,
 *   to: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
 *   validAfter: 0n,
 *   validBefore: 1_900_000_000n,
 *   token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 * })
 * ```
 */
export function transferWithAuthorizationCall(
  parameters: transferWithAuthorizationCall.Parameters,
): Call<typeof aiTokenAbi, 'transferWithAuthorization'> {
  const { amount, from, nonce, signature, to, token, validAfter, validBefore } = parameters
  const { r, s, v } = splitSignature(signature)
  return call({
    abi: aiTokenAbi,
    args: [from, to, amount, validAfter, validBefore, nonce, v, r, s],
    functionName: 'transferWithAuthorization',
    to: token,
  })
}

export declare namespace transferWithAuthorizationCall {
  type Parameters = transferWithAuthorization.Parameters & {
    /** Token contract. */
    token: Address
  }
  type ErrorType = call.ErrorType | splitSignature.ErrorType
}

/**
 * Transfers tokens by their holder's signature (ERC-3009); anybody may submit it and pays the gas. See {@link signTransferAuthorization}.
 *
 * @param client - Client with an account.
 * @param parameters - {@link transferWithAuthorization.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link InsufficientBalanceError} when the holder has less than `amount`.
 * @throws {@link AuthorizationTimeError} when it is not valid yet, or no longer.
 * @throws {@link AuthorizationUsedError} when it was used or cancelled before.
 * @throws {@link InvalidSignatureError} when the signature is malformed or over other fields.
 *
 * @example
 * ```ts
 * import { transferWithAuthorization } from '@aitoken/core'
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
 * const hash = await transferWithAuthorization(client, {
 *   amount: 12_500_000_000_000_000_000n,
 *   from: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   nonce: `0x${'11'.repeat(32)}`,
 *   signature: `0x${'00'.repeat(65)}`,
 *   to: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
 *   validAfter: 0n,
 *   validBefore: 1_900_000_000n,
 * })
 * ```
 */
export async function transferWithAuthorization(
  client: WriteClient,
  parameters: transferWithAuthorization.Parameters,
): Promise<transferWithAuthorization.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  return send(client, transferWithAuthorizationCall({ ...parameters, token }), tokenReverts)
}

export declare namespace transferWithAuthorization {
  type Parameters = {
    /** Amount in base units. */
    amount: bigint
    /** Whose tokens; who signed. */
    from: Address
    /** The 32 bytes that make the authorization unique. */
    nonce: Hex
    /** The 65-byte signature, or its 64-byte compact form (ERC-2098). */
    signature: Hex
    /** Recipient. */
    to: Address
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
    /** Valid after this second, since 1970. */
    validAfter: bigint
    /** Valid before this second, since 1970. */
    validBefore: bigint
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | transferWithAuthorizationCall.ErrorType
    | send.ErrorType<
        typeof tokenReverts,
        | 'ECDSAInvalidSignature'
        | 'ERC20InsufficientBalance'
        | 'ERC20InvalidReceiver'
        | 'ERC3009InvalidAuthorizationTime'
        | 'ERC3009InvalidSignature'
        | 'ERC3009UsedAuthorization'
      >
}
