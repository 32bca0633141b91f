import type { Address, Hash } from 'viem'

import { type Call, call } from '../call/call.js'
import { send } from '../call/send.js'
import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { WriteClient } from '../internal/client.js'
import { tokenReverts } from './reverts.js'

/**
 * Builds the call that puts the token under another access manager, without sending it.
 *
 * @param parameters - {@link setAuthority.Parameters}, with the token given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { setAuthorityCall } from '@aitoken/core'
 *
 * const call = setAuthorityCall({
 *   authority: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 * })
 * ```
 */
export function setAuthorityCall(
  parameters: setAuthorityCall.Parameters,
): Call<typeof aiTokenAbi, 'setAuthority'> {
  const { authority, token } = parameters
  return call({ abi: aiTokenAbi, args: [authority], functionName: 'setAuthority', to: token })
}

export declare namespace setAuthorityCall {
  type Parameters = setAuthority.Parameters & {
    /** Token contract. */
    token: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Puts the token under another access manager. Only its present one may call this: send it there with `updateAuthority`.
 *
 * @param client - Client with an account.
 * @param parameters - {@link setAuthority.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link AccessDeniedError} when the access manager does not allow the account.
 * @throws {@link InvalidAuthorityError} when the new one has no code.
 *
 * @example
 * ```ts
 * import { setAuthority } from '@aitoken/core'
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
 * const hash = await setAuthority(client, {
 *   authority: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 * })
 * ```
 */
export async function setAuthority(
  client: WriteClient,
  parameters: setAuthority.Parameters,
): Promise<setAuthority.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  return send(client, setAuthorityCall({ ...parameters, token }), tokenReverts)
}

export declare namespace setAuthority {
  type Parameters = {
    /** The new access manager. */
    authority: Address
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | setAuthorityCall.ErrorType
    | send.ErrorType<typeof tokenReverts, 'AccessManagedInvalidAuthority' | 'AccessManagedUnauthorized'>
}
