import type { Address, Hash } from 'viem'

import { type Call, call } from '../call/call.js'
import { send } from '../call/send.js'
import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { WriteClient } from '../internal/client.js'
import { tokenReverts } from './reverts.js'

/**
 * Builds the call that transfers another holder's tokens, without sending it.
 *
 * @param parameters - {@link transferFrom.Parameters}, with the token given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { transferFromCall } from '@aitoken/core'
 *
 * const call = transferFromCall({
 *   amount: 12_500_000_000_000_000_000n,
 *   from: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
 *   to: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 * })
 * ```
 */
export function transferFromCall(
  parameters: transferFromCall.Parameters,
): Call<typeof aiTokenAbi, 'transferFrom'> {
  const { amount, from, to, token } = parameters
  return call({ abi: aiTokenAbi, args: [from, to, amount], functionName: 'transferFrom', to: token })
}

export declare namespace transferFromCall {
  type Parameters = transferFrom.Parameters & {
    /** Token contract. */
    token: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Transfers a holder's tokens within the allowance it gave the client's account (ERC-20).
 *
 * @param client - Client with an account.
 * @param parameters - {@link transferFrom.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link InsufficientBalanceError} when the holder has less than `amount`.
 * @throws {@link InsufficientAllowanceError} when the holder allowed less than `amount`.
 * @throws {@link InvalidReceiverError} when `to` is the zero address.
 * @throws {@link InvalidAmountError} when `amount` is no bigint, or negative.
 *
 * @example
 * ```ts
 * import { transferFrom } from '@aitoken/core'
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
 * const hash = await transferFrom(client, {
 *   amount: 12_500_000_000_000_000_000n,
 *   from: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
 *   to: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 * })
 * ```
 */
export async function transferFrom(
  client: WriteClient,
  parameters: transferFrom.Parameters,
): Promise<transferFrom.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  return send(client, transferFromCall({ ...parameters, token }), tokenReverts)
}

export declare namespace transferFrom {
  type Parameters = {
    /** Amount in base units. */
    amount: bigint
    /** Whose tokens. */
    from: Address
    /** Recipient. */
    to: Address
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | transferFromCall.ErrorType
    | send.ErrorType<
        typeof tokenReverts,
        'ERC20InsufficientAllowance' | 'ERC20InsufficientBalance' | 'ERC20InvalidReceiver'
      >
}
