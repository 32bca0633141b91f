import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'

import { providerRegistryAbi } from '../generated/providerRegistry.js'
import { sendToRegistry } from '../internal/sendToRegistry.js'
import type { registryReverts } from './reverts.js'

/**
 * Builds the call that offers a provider to another owner, without sending it.
 *
 * @param parameters - {@link offerProvider.Parameters}, with `registry` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { offerProviderCall } from '@aitoken/inference'
 *
 * export const callOf = () =>
 *   offerProviderCall({ id: 7n, newOwner: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8', registry: '0x0000000000000000000000000000000000000001' })
 * ```
 */
export function offerProviderCall(
  parameters: offerProviderCall.Parameters,
): Call<typeof providerRegistryAbi, 'transferOwnership'> {
  const { id, newOwner, registry } = parameters
  return call({
    abi: providerRegistryAbi,
    args: [id, newOwner],
    functionName: 'transferOwnership',
    to: registry,
  })
}

export declare namespace offerProviderCall {
  type Parameters = offerProvider.Parameters & {
    /** Contract that holds the providers. */
    registry: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Offers a provider, its bond and what its keys answer for included, to another owner, who takes it with
 * {@link acceptProvider}. Only its owner may.
 *
 * @param client - Client with an account.
 * @param parameters - {@link offerProvider.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link ProviderOwnerError} when the account does not own the provider.
 * @throws {@link ProviderUnknownError} when there is no such provider.
 * @throws {@link ProviderDeregisteredError} when the provider left.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { offerProvider } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient) => offerProvider(client, { id: 7n, newOwner: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' })
 * ```
 */
export async function offerProvider(
  client: WriteClient,
  parameters: offerProvider.Parameters,
): Promise<offerProvider.ReturnType> {
  const { registry = addressOf(client, 'providerRegistry') } = parameters
  return sendToRegistry(client, offerProviderCall({ ...parameters, registry }))
}

export declare namespace offerProvider {
  type Parameters = {
    /** The provider. */
    id: bigint
    /** Who may accept; the zero address takes an offer back. */
    newOwner: Address
    /** Contract that holds the providers. @default the one deployed on the client's chain */
    registry?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | offerProviderCall.ErrorType
    | send.ErrorType<typeof registryReverts, 'RegistryNotOwner' | 'RegistryUnknown' | 'RegistryDeregistered'>
}
