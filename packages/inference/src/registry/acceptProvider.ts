import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'

import { providerRegistryAbi } from '../generated/providerRegistry.js'
import { sendToRegistry } from '../internal/sendToRegistry.js'
import type { registryReverts } from './reverts.js'

/**
 * Builds the call that takes over a provider, without sending it.
 *
 * @param parameters - {@link acceptProvider.Parameters}, with `registry` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { acceptProviderCall } from '@aitoken/inference'
 *
 * export const callOf = () =>
 *   acceptProviderCall({ id: 7n, registry: '0x0000000000000000000000000000000000000001' })
 * ```
 */
export function acceptProviderCall(
  parameters: acceptProviderCall.Parameters,
): Call<typeof providerRegistryAbi, 'acceptOwnership'> {
  const { id, registry } = parameters
  return call({ abi: providerRegistryAbi, args: [id], functionName: 'acceptOwnership', to: registry })
}

export declare namespace acceptProviderCall {
  type Parameters = acceptProvider.Parameters & {
    /** Contract that holds the providers. */
    registry: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Takes over a provider that was offered to the account. Its new owner answers for what its keys signed before: each key
 * that was replaced within the last unbonding delay can still cost a share of the bond, and part of that goes to whoever
 * paid a payee that the seller ever listed ({@link wasPayee}). Replace the key, and wait for that delay before bonding.
 *
 * @param client - Client with an account.
 * @param parameters - {@link acceptProvider.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link ProviderNotOfferedError} when it was not offered to the account.
 * @throws {@link ProviderUnknownError} when there is no such provider.
 * @throws {@link ProviderDeregisteredError} when the provider left.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { acceptProvider } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient) => acceptProvider(client, { id: 7n })
 * ```
 */
export async function acceptProvider(
  client: WriteClient,
  parameters: acceptProvider.Parameters,
): Promise<acceptProvider.ReturnType> {
  const { registry = addressOf(client, 'providerRegistry') } = parameters
  return sendToRegistry(client, acceptProviderCall({ ...parameters, registry }))
}

export declare namespace acceptProvider {
  type Parameters = {
    /** The provider. */
    id: bigint
    /** Contract that holds the providers. @default the one deployed on the client's chain */
    registry?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | acceptProviderCall.ErrorType
    | send.ErrorType<
        typeof registryReverts,
        'RegistryDeregistered' | 'RegistryNotPendingOwner' | 'RegistryUnknown'
      >
}
