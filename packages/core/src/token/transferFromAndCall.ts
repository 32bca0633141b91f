import type { Address, Hash, Hex } from 'viem'

import { type Call, call } from '../call/call.js'
import { send } from '../call/send.js'
import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { WriteClient } from '../internal/client.js'
import { tokenReverts } from './reverts.js'

/**
 * Builds the call that transfers another holder's tokens to a contract and calls it, without sending it.
 *
 * @param parameters - {@link transferFromAndCall.Parameters}, with the token given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { transferFromAndCallCall } from '@aitoken/core'
 *
 * const call = transferFromAndCallCall({
 *   amount: 12_500_000_000_000_000_000n,
 *   from: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
 *   to: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 * })
 * ```
 */
export function transferFromAndCallCall(
  parameters: transferFromAndCallCall.Parameters,
): Call<typeof aiTokenAbi, 'transferFromAndCall'> {
  const { amount, data = '0x', from, to, token } = parameters
  return call({
    abi: aiTokenAbi,
    args: [from, to, amount, data],
    functionName: 'transferFromAndCall',
    to: token,
  })
}

export declare namespace transferFromAndCallCall {
  type Parameters = transferFromAndCall.Parameters & {
    /** Token contract. */
    token: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Transfers a holder's tokens to a contract and calls it in the same transaction (ERC-1363).
 *
 * @param client - Client with an account.
 * @param parameters - {@link transferFromAndCall.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link CallbackRefusedError} when the called contract does not accept.
 * @throws {@link InsufficientBalanceError} when the holder has less than `amount`.
 * @throws {@link InsufficientAllowanceError} when the holder allowed less than `amount`.
 * @throws {@link InvalidReceiverError} when `to` is the zero address.
 * @throws {@link InvalidAmountError} when `amount` is no bigint, or negative.
 *
 * @example
 * ```ts
 * import { transferFromAndCall } from '@aitoken/core'
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
 * const hash = await transferFromAndCall(client, {
 *   amount: 12_500_000_000_000_000_000n,
 *   from: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
 *   to: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 * })
 * ```
 */
export async function transferFromAndCall(
  client: WriteClient,
  parameters: transferFromAndCall.Parameters,
): Promise<transferFromAndCall.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  return send(client, transferFromAndCallCall({ ...parameters, token }), tokenReverts)
}

export declare namespace transferFromAndCall {
  type Parameters = {
    /** Amount in base units. */
    amount: bigint
    /** Bytes handed to the called contract. @default 0x */
    data?: Hex | undefined
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
    | transferFromAndCallCall.ErrorType
    | send.ErrorType<
        typeof tokenReverts,
        | 'ERC1363InvalidReceiver'
        | 'ERC20InsufficientAllowance'
        | 'ERC20InsufficientBalance'
        | 'ERC20InvalidReceiver'
      >
}
