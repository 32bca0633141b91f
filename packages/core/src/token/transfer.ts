import type { Address, Hash } from 'viem'

import { type Call, call } from '../call/call.js'
import { send } from '../call/send.js'
import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { WriteClient } from '../internal/client.js'
import { tokenReverts } from './reverts.js'

/**
 * Builds the call that transfers tokens, without sending it.
 *
 * @param parameters - {@link transfer.Parameters}, with the token given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { transferCall } from '@aitoken/core'
 *
 * const call = transferCall({
 *   amount: 12_500_000_000_000_000_000n,
 *   to: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 * })
 * ```
 */
export function transferCall(parameters: transferCall.Parameters): Call<typeof aiTokenAbi, 'transfer'> {
  const { amount, to, token } = parameters
  return call({ abi: aiTokenAbi, args: [to, amount], functionName: 'transfer', to: token })
}

export declare namespace transferCall {
  type Parameters = transfer.Parameters & {
    /** Token contract. */
    token: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Transfers tokens from the client's account to another address (ERC-20).
 *
 * @param client - Client with an account.
 * @param parameters - {@link transfer.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link InsufficientBalanceError} when the holder has less than `amount`.
 * @throws {@link InvalidReceiverError} when `to` is the zero address.
 * @throws {@link InvalidAmountError} when `amount` is no bigint, or negative.
 *
 * @example
 * ```ts
 * import { transfer } from '@aitoken/core'
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
 * const hash = await transfer(client, {
 *   amount: 12_500_000_000_000_000_000n,
 *   to: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 * })
 * ```
 */
export async function transfer(
  client: WriteClient,
  parameters: transfer.Parameters,
): Promise<transfer.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  return send(client, transferCall({ ...parameters, token }), tokenReverts)
}

export declare namespace transfer {
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
    | transferCall.ErrorType
    | send.ErrorType<typeof tokenReverts, 'ERC20InsufficientBalance' | 'ERC20InvalidReceiver'>
}
