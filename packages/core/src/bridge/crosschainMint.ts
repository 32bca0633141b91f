import type { Address, Hash } from 'viem'

import { type Call, call } from '../call/call.js'
import { send } from '../call/send.js'
import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { WriteClient } from '../internal/client.js'
import { tokenReverts } from '../token/reverts.js'

/**
 * Builds the call that creates tokens that came across a bridge, without sending it.
 *
 * @param parameters - {@link crosschainMint.Parameters}, with the token given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { crosschainMintCall } from '@aitoken/core'
 *
 * const call = crosschainMintCall({
 *   amount: 12_500_000_000_000_000_000n,
 *   to: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 * })
 * ```
 */
export function crosschainMintCall(
  parameters: crosschainMintCall.Parameters,
): Call<typeof aiTokenAbi, 'crosschainMint'> {
  const { amount, to, token } = parameters
  return call({ abi: aiTokenAbi, args: [to, amount], functionName: 'crosschainMint', to: token })
}

export declare namespace crosschainMintCall {
  type Parameters = crosschainMint.Parameters & {
    /** Token contract. */
    token: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Creates tokens that were burned on another chain (ERC-7802). Only for bridges, within their inbound limit.
 *
 * @param client - Client with an account.
 * @param parameters - {@link crosschainMint.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link UnauthorizedBridgeError} when the client's account is no bridge.
 * @throws {@link BridgeLimitExceededError} when the bridge may not move as much now.
 * @throws {@link CapExceededError} when the supply would exceed the cap.
 * @throws {@link InvalidReceiverError} when `to` is the zero address.
 *
 * @example
 * ```ts
 * import { crosschainMint } from '@aitoken/core'
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
 * const hash = await crosschainMint(client, {
 *   amount: 12_500_000_000_000_000_000n,
 *   to: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 * })
 * ```
 */
export async function crosschainMint(
  client: WriteClient,
  parameters: crosschainMint.Parameters,
): Promise<crosschainMint.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  return send(client, crosschainMintCall({ ...parameters, token }), tokenReverts)
}

export declare namespace crosschainMint {
  type Parameters = {
    /** Amount in base units. */
    amount: bigint
    /** Recipient. */
    to: Address
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | crosschainMintCall.ErrorType
    | send.ErrorType<
        typeof tokenReverts,
        | 'AITokenBridgeLimitExceeded'
        | 'AITokenUnauthorizedBridge'
        | 'ERC20ExceededCap'
        | 'ERC20InvalidReceiver'
      >
}
