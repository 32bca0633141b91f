import type { Address, Hash } from 'viem'

import { type Call, call } from '../call/call.js'
import { send } from '../call/send.js'
import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { WriteClient } from '../internal/client.js'
import { tokenReverts } from './reverts.js'

/**
 * Builds the call that destroys another holder's tokens, without sending it.
 *
 * @param parameters - {@link burnFrom.Parameters}, with the token given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { burnFromCall } from '@aitoken/core'
 *
 * const call = burnFromCall({
 *   amount: 12_500_000_000_000_000_000n,
 *   from: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 * })
 * ```
 */
export function burnFromCall(parameters: burnFromCall.Parameters): Call<typeof aiTokenAbi, 'burnFrom'> {
  const { amount, from, token } = parameters
  return call({ abi: aiTokenAbi, args: [from, amount], functionName: 'burnFrom', to: token })
}

export declare namespace burnFromCall {
  type Parameters = burnFrom.Parameters & {
    /** Token contract. */
    token: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Destroys a holder's tokens within the allowance it gave the client's account.
 *
 * @param client - Client with an account.
 * @param parameters - {@link burnFrom.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link InsufficientBalanceError} when the holder has less than `amount`.
 * @throws {@link InsufficientAllowanceError} when the holder allowed less than `amount`.
 * @throws {@link InvalidAmountError} when `amount` is no bigint, or negative.
 *
 * @example
 * ```ts
 * import { burnFrom } from '@aitoken/core'
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
 * const hash = await burnFrom(client, {
 *   amount: 12_500_000_000_000_000_000n,
 *   from: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 * })
 * ```
 */
export async function burnFrom(
  client: WriteClient,
  parameters: burnFrom.Parameters,
): Promise<burnFrom.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  return send(client, burnFromCall({ ...parameters, token }), tokenReverts)
}

export declare namespace burnFrom {
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
    | burnFromCall.ErrorType
    | send.ErrorType<typeof tokenReverts, 'ERC20InsufficientAllowance' | 'ERC20InsufficientBalance'>
}
