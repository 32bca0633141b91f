import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'

import { providerRegistryAbi } from '../generated/providerRegistry.js'
import { sendToRegistry } from '../internal/sendToRegistry.js'
import type { registryReverts } from './reverts.js'

/**
 * Builds the call that puts slashing under another access manager, without sending it.
 *
 * @param parameters - {@link setSlashAuthority.Parameters}, with `registry` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { setSlashAuthorityCall } from '@aitoken/inference'
 *
 * export const callOf = () =>
 *   setSlashAuthorityCall({ authority: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8', registry: '0x0000000000000000000000000000000000000001' })
 * ```
 */
export function setSlashAuthorityCall(
  parameters: setSlashAuthorityCall.Parameters,
): Call<typeof providerRegistryAbi, 'setAuthority'> {
  const { authority, registry } = parameters
  return call({ abi: providerRegistryAbi, args: [authority], functionName: 'setAuthority', to: registry })
}

export declare namespace setSlashAuthorityCall {
  type Parameters = setSlashAuthority.Parameters & {
    /** Contract that holds the providers. */
    registry: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Puts slashing under another access manager. Only its present one may call this: send it there with
 * `updateAuthority`.
 *
 * @param client - Client with an account.
 * @param parameters - {@link setSlashAuthority.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws `AccessDeniedError` when the account is not the present access manager.
 * @throws `InvalidAuthorityError` when the new one has no code.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { setSlashAuthority } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient) => setSlashAuthority(client, { authority: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' })
 * ```
 */
export async function setSlashAuthority(
  client: WriteClient,
  parameters: setSlashAuthority.Parameters,
): Promise<setSlashAuthority.ReturnType> {
  const { registry = addressOf(client, 'providerRegistry') } = parameters
  return sendToRegistry(client, setSlashAuthorityCall({ ...parameters, registry }))
}

export declare namespace setSlashAuthority {
  type Parameters = {
    /** The new access manager. */
    authority: Address
    /** Contract that holds the providers. @default the one deployed on the client's chain */
    registry?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | setSlashAuthorityCall.ErrorType
    | send.ErrorType<typeof registryReverts, 'AccessManagedInvalidAuthority' | 'AccessManagedUnauthorized'>
}
