import type { Address, Hash, Hex } from 'viem'

import { type Call, call } from '../call/call.js'
import { send } from '../call/send.js'
import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { WriteClient } from '../internal/client.js'
import { tokenReverts } from './reverts.js'

/**
 * Builds the call that sets an allowance for a contract and calls it, without sending it.
 *
 * @param parameters - {@link approveAndCall.Parameters}, with the token given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { approveAndCallCall } from '@aitoken/core'
 *
 * const call = approveAndCallCall({
 *   amount: 12_500_000_000_000_000_000n,
 *   spender: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 * })
 * ```
 */
export function approveAndCallCall(
  parameters: approveAndCallCall.Parameters,
): Call<typeof aiTokenAbi, 'approveAndCall'> {
  const { amount, data = '0x', spender, token } = parameters
  return call({ abi: aiTokenAbi, args: [spender, amount, data], functionName: 'approveAndCall', to: token })
}

export declare namespace approveAndCallCall {
  type Parameters = approveAndCall.Parameters & {
    /** Token contract. */
    token: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Sets an allowance for a contract and calls it in the same transaction (ERC-1363).
 *
 * @param client - Client with an account.
 * @param parameters - {@link approveAndCall.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link CallbackRefusedError} when the called contract does not accept.
 * @throws {@link InvalidSpenderError} when `spender` is the zero address.
 * @throws {@link InvalidAmountError} when `amount` is no bigint, or negative.
 *
 * @example
 * ```ts
 * import { approveAndCall } from '@aitoken/core'
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
 * const hash = await approveAndCall(client, {
 *   amount: 12_500_000_000_000_000_000n,
 *   spender: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 * })
 * ```
 */
export async function approveAndCall(
  client: WriteClient,
  parameters: approveAndCall.Parameters,
): Promise<approveAndCall.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  return send(client, approveAndCallCall({ ...parameters, token }), tokenReverts)
}

export declare namespace approveAndCall {
  type Parameters = {
    /** The allowance from now on, in base units. */
    amount: bigint
    /** Bytes handed to the called contract. @default 0x */
    data?: Hex | undefined
    /** The contract that may spend. */
    spender: Address
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | approveAndCallCall.ErrorType
    | send.ErrorType<typeof tokenReverts, 'ERC1363InvalidSpender' | 'ERC20InvalidSpender'>
}
