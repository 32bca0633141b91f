import type { Address, Hash } from 'viem'

import { type Call, call } from '../call/call.js'
import { send } from '../call/send.js'
import { addressOf } from '../deployment/addressOf.js'
import { accessSource } from '../errors/accessReverts.js'
import type { OperationNotReadyError } from '../errors/OperationNotReadyError.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { WriteClient } from '../internal/client.js'
import { tokenReverts } from './reverts.js'

/**
 * Builds the call that creates tokens, without sending it.
 *
 * @param parameters - {@link mint.Parameters}, with the token given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { mintCall } from '@aitoken/core'
 *
 * const call = mintCall({
 *   amount: 12_500_000_000_000_000_000n,
 *   to: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 * })
 * ```
 */
export function mintCall(parameters: mintCall.Parameters): Call<typeof aiTokenAbi, 'mint'> {
  const { amount, to, token } = parameters
  return call({ abi: aiTokenAbi, args: [to, amount], functionName: 'mint', to: token })
}

export declare namespace mintCall {
  type Parameters = mint.Parameters & {
    /** Token contract. */
    token: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Creates tokens, up to the cap. Only for accounts the access manager allows.
 *
 * @param client - Client with an account.
 * @param parameters - {@link mint.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link AccessDeniedError} when the access manager does not allow the account.
 * @throws {@link OperationNotReadyError} when the account must schedule the call first.
 * @throws {@link CapExceededError} when the supply would exceed the cap.
 * @throws {@link InvalidReceiverError} when `to` is the zero address.
 * @throws {@link InvalidAmountError} when `amount` is no bigint, or negative.
 *
 * @example
 * ```ts
 * import { mint } from '@aitoken/core'
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
 * const hash = await mint(client, {
 *   amount: 12_500_000_000_000_000_000n,
 *   to: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 * })
 * ```
 */
export async function mint(client: WriteClient, parameters: mint.Parameters): Promise<mint.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  return send(client, mintCall({ ...parameters, token }), tokenReverts, [accessSource])
}

export declare namespace mint {
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
    | OperationNotReadyError
    | mintCall.ErrorType
    | send.ErrorType<
        typeof tokenReverts,
        | 'AccessManagedRequiredDelay'
        | 'AccessManagedUnauthorized'
        | 'ERC20ExceededCap'
        | 'ERC20InvalidReceiver'
      >
}
