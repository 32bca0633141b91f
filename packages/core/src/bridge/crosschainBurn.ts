import type { Address, Hash } from 'viem'

import { type Call, call } from '../call/call.js'
import { send } from '../call/send.js'
import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { WriteClient } from '../internal/client.js'
import { tokenReverts } from '../token/reverts.js'

/**
 * Builds the call that destroys tokens that leave across a bridge, without sending it.
 *
 * @param parameters - {@link crosschainBurn.Parameters}, with the token given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { crosschainBurnCall } from '@aitoken/core'
 *
 * const call = crosschainBurnCall({
 *   amount: 12_500_000_000_000_000_000n,
 *   from: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 * })
 * ```
 */
export function crosschainBurnCall(
  parameters: crosschainBurnCall.Parameters,
): Call<typeof aiTokenAbi, 'crosschainBurn'> {
  const { amount, from, token } = parameters
  return call({ abi: aiTokenAbi, args: [from, amount], functionName: 'crosschainBurn', to: token })
}

export declare namespace crosschainBurnCall {
  type Parameters = crosschainBurn.Parameters & {
    /** Token contract. */
    token: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Destroys tokens that will be created on another chain (ERC-7802). Only for bridges, within their outbound limit and the holder's allowance.
 *
 * @param client - Client with an account.
 * @param parameters - {@link crosschainBurn.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link UnauthorizedBridgeError} when the client's account is no bridge.
 * @throws {@link BridgeLimitExceededError} when the bridge may not move as much now.
 * @throws {@link InsufficientAllowanceError} when the holder allowed less than `amount`.
 * @throws {@link InsufficientBalanceError} when the holder has less than `amount`.
 *
 * @example
 * ```ts
 * import { crosschainBurn } from '@aitoken/core'
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
 * const hash = await crosschainBurn(client, {
 *   amount: 12_500_000_000_000_000_000n,
 *   from: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 * })
 * ```
 */
export async function crosschainBurn(
  client: WriteClient,
  parameters: crosschainBurn.Parameters,
): Promise<crosschainBurn.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  return send(client, crosschainBurnCall({ ...parameters, token }), tokenReverts)
}

export declare namespace crosschainBurn {
  type Parameters = {
    /** Amount in base units. */
    amount: bigint
    /** Whose tokens. */
    from: Address
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | crosschainBurnCall.ErrorType
    | send.ErrorType<
        typeof tokenReverts,
        | 'AITokenBridgeLimitExceeded'
        | 'AITokenUnauthorizedBridge'
        | 'ERC20InsufficientAllowance'
        | 'ERC20InsufficientBalance'
      >
}
