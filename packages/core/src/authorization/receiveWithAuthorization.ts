import type { Address, Hash, Hex } from 'viem'

import { type Call, call } from '../call/call.js'
import { send } from '../call/send.js'
import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { WriteClient } from '../internal/client.js'
import { splitSignature } from '../internal/splitSignature.js'
import { tokenReverts } from '../token/reverts.js'

/**
 * Builds the call that takes tokens by signature, without sending it.
 *
 * @param parameters - {@link receiveWithAuthorization.Parameters}, with the token given.
 * @returns The call, to send, batch, simulate, describe or propose.
 * @throws {@link InvalidSignatureError} when the signature is malformed.
 *
 * @example
 * ```ts
 * import { receiveWithAuthorizationCall } from '@aitoken/core'
 *
 * const call = receiveWithAuthorizationCall({
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
export function receiveWithAuthorizationCall(
  parameters: receiveWithAuthorizationCall.Parameters,
): Call<typeof aiTokenAbi, 'receiveWithAuthorization'> {
  const { amount, from, nonce, signature, to, token, validAfter, validBefore } = parameters
  const { r, s, v } = splitSignature(signature)
  return call({
    abi: aiTokenAbi,
    args: [from, to, amount, validAfter, validBefore, nonce, v, r, s],
    functionName: 'receiveWithAuthorization',
    to: token,
  })
}

export declare namespace receiveWithAuthorizationCall {
  type Parameters = receiveWithAuthorization.Parameters & {
    /** Token contract. */
    token: Address
  }
  type ErrorType = call.ErrorType | splitSignature.ErrorType
}

/**
 * Takes tokens by their holder's signature (ERC-3009); only the payee may submit it, so nobody can front-run it. See {@link signReceiveAuthorization}.
 *
 * @param client - Client with an account.
 * @param parameters - {@link receiveWithAuthorization.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link InsufficientBalanceError} when the holder has less than `amount`.
 * @throws {@link AuthorizationTimeError} when it is not valid yet, or no longer.
 * @throws {@link AuthorizationUsedError} when it was used or cancelled before.
 * @throws {@link InvalidSignatureError} when the signature is malformed or over other fields.
 * @throws {@link InvalidReceiverError} when the client's account is not the payee.
 *
 * @example
 * ```ts
 * import { receiveWithAuthorization } from '@aitoken/core'
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
 * const hash = await receiveWithAuthorization(client, {
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
export async function receiveWithAuthorization(
  client: WriteClient,
  parameters: receiveWithAuthorization.Parameters,
): Promise<receiveWithAuthorization.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  return send(client, receiveWithAuthorizationCall({ ...parameters, token }), tokenReverts)
}

export declare namespace receiveWithAuthorization {
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
    | receiveWithAuthorizationCall.ErrorType
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
