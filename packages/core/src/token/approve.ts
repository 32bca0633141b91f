import type { Address, Hash } from 'viem'

import { type Call, call } from '../call/call.js'
import { send } from '../call/send.js'
import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { WriteClient } from '../internal/client.js'
import { tokenReverts } from './reverts.js'

/**
 * Builds the call that sets an allowance, without sending it.
 *
 * @param parameters - {@link approve.Parameters}, with the token given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { approveCall } from '@aitoken/core'
 *
 * const call = approveCall({
 *   amount: 12_500_000_000_000_000_000n,
 *   spender: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 * })
 * ```
 */
export function approveCall(parameters: approveCall.Parameters): Call<typeof aiTokenAbi, 'approve'> {
  const { amount, spender, token } = parameters
  return call({ abi: aiTokenAbi, args: [spender, amount], functionName: 'approve', to: token })
}

export declare namespace approveCall {
  type Parameters = approve.Parameters & {
    /** Token contract. */
    token: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Lets a spender move tokens of the client's account, up to an amount (ERC-20).
 *
 * @param client - Client with an account.
 * @param parameters - {@link approve.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link InvalidSpenderError} when `spender` is the zero address.
 * @throws {@link InvalidAmountError} when `amount` is no bigint, or negative.
 *
 * @example
 * ```ts
 * import { approve } from '@aitoken/core'
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
 * const hash = await approve(client, {
 *   amount: 12_500_000_000_000_000_000n,
 *   spender: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 * })
 * ```
 */
export async function approve(
  client: WriteClient,
  parameters: approve.Parameters,
): Promise<approve.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  return send(client, approveCall({ ...parameters, token }), tokenReverts)
}

export declare namespace approve {
  type Parameters = {
    /** The allowance from now on, in base units; 0n withdraws it. */
    amount: bigint
    /** Who may spend. */
    spender: Address
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | approveCall.ErrorType
    | send.ErrorType<typeof tokenReverts, 'ERC20InvalidSpender'>
}
