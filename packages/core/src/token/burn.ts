import type { Address, Hash } from 'viem'

import { type Call, call } from '../call/call.js'
import { send } from '../call/send.js'
import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { WriteClient } from '../internal/client.js'
import { tokenReverts } from './reverts.js'

/**
 * Builds the call that destroys tokens, without sending it.
 *
 * @param parameters - {@link burn.Parameters}, with the token given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { burnCall } from '@aitoken/core'
 *
 * const call = burnCall({
 *   amount: 12_500_000_000_000_000_000n,
 *   token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 * })
 * ```
 */
export function burnCall(parameters: burnCall.Parameters): Call<typeof aiTokenAbi, 'burn'> {
  const { amount, token } = parameters
  return call({ abi: aiTokenAbi, args: [amount], functionName: 'burn', to: token })
}

export declare namespace burnCall {
  type Parameters = burn.Parameters & {
    /** Token contract. */
    token: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Destroys tokens of the client's account.
 *
 * @param client - Client with an account.
 * @param parameters - {@link burn.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link InsufficientBalanceError} when the holder has less than `amount`.
 * @throws {@link InvalidAmountError} when `amount` is no bigint, or negative.
 *
 * @example
 * ```ts
 * import { burn } from '@aitoken/core'
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
 * const hash = await burn(client, {
 *   amount: 12_500_000_000_000_000_000n,
 * })
 * ```
 */
export async function burn(client: WriteClient, parameters: burn.Parameters): Promise<burn.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  return send(client, burnCall({ ...parameters, token }), tokenReverts)
}

export declare namespace burn {
  type Parameters = {
    /** Amount in base units. */
    amount: bigint
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | burnCall.ErrorType
    | send.ErrorType<typeof tokenReverts, 'ERC20InsufficientBalance'>
}
