import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'

import { providerRegistryAbi } from '../generated/providerRegistry.js'
import { sendToRegistry } from '../internal/sendToRegistry.js'
import type { registryReverts } from './reverts.js'

/**
 * Builds the call that takes a provider off the list, without sending it.
 *
 * @param parameters - {@link deregisterProvider.Parameters}, with `registry` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { deregisterProviderCall } from '@aitoken/inference'
 *
 * export const callOf = () =>
 *   deregisterProviderCall({ id: 7n, registry: '0x0000000000000000000000000000000000000001' })
 * ```
 */
export function deregisterProviderCall(
  parameters: deregisterProviderCall.Parameters,
): Call<typeof providerRegistryAbi, 'deregister'> {
  const { id, registry } = parameters
  return call({ abi: providerRegistryAbi, args: [id], functionName: 'deregister', to: registry })
}

export declare namespace deregisterProviderCall {
  type Parameters = deregisterProvider.Parameters & {
    /** Contract that holds the providers. */
    registry: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Takes a provider off the list for good and starts unbonding all that it has bonded. Only its owner may.
 *
 * @param client - Client with an account.
 * @param parameters - {@link deregisterProvider.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link ProviderOwnerError} when the account does not own the provider.
 * @throws {@link ProviderUnknownError} when there is no such provider.
 * @throws {@link ProviderDeregisteredError} when the provider left.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { deregisterProvider } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient) => deregisterProvider(client, { id: 7n })
 * ```
 */
export async function deregisterProvider(
  client: WriteClient,
  parameters: deregisterProvider.Parameters,
): Promise<deregisterProvider.ReturnType> {
  const { registry = addressOf(client, 'providerRegistry') } = parameters
  return sendToRegistry(client, deregisterProviderCall({ ...parameters, registry }))
}

export declare namespace deregisterProvider {
  type Parameters = {
    /** The provider. */
    id: bigint
    /** Contract that holds the providers. @default the one deployed on the client's chain */
    registry?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | deregisterProviderCall.ErrorType
    | send.ErrorType<typeof registryReverts, 'RegistryNotOwner' | 'RegistryUnknown' | 'RegistryDeregistered'>
}
