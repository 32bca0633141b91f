import type { Address, Hash } from 'viem'

import { type Call, call } from '../call/call.js'
import { send } from '../call/send.js'
import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { WriteClient } from '../internal/client.js'
import { tokenReverts } from '../token/reverts.js'

/**
 * Builds the call that delegates votes, without sending it.
 *
 * @param parameters - {@link delegate.Parameters}, with the token given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { delegateCall } from '@aitoken/core'
 *
 * const call = delegateCall({
 *   delegatee: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 * })
 * ```
 */
export function delegateCall(parameters: delegateCall.Parameters): Call<typeof aiTokenAbi, 'delegate'> {
  const { delegatee, token } = parameters
  return call({ abi: aiTokenAbi, args: [delegatee], functionName: 'delegate', to: token })
}

export declare namespace delegateCall {
  type Parameters = delegate.Parameters & {
    /** Token contract. */
    token: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Delegates the votes of the client's account (ERC-5805); tokens count as votes only once delegated.
 *
 * @param client - Client with an account.
 * @param parameters - {@link delegate.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link ContractRevertError} when the token refuses.
 *
 * @example
 * ```ts
 * import { delegate } from '@aitoken/core'
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
 * const hash = await delegate(client, {
 *   delegatee: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 * })
 * ```
 */
export async function delegate(
  client: WriteClient,
  parameters: delegate.Parameters,
): Promise<delegate.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  return send(client, delegateCall({ ...parameters, token }), tokenReverts)
}

export declare namespace delegate {
  type Parameters = {
    /** Who votes with the account's tokens from now on: itself, another, or the zero address for nobody. */
    delegatee: Address
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType = addressOf.ErrorType | delegateCall.ErrorType | send.ErrorType<typeof tokenReverts, never>
}
