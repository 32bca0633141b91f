import { addressOf, type ReadClient, read } from '@aitoken/core/internal'
import { type Address, zeroAddress } from 'viem'

import { providerRegistryAbi } from '../generated/providerRegistry.js'
import { isSameAddress } from '../internal/address.js'
import { ProviderUnknownError } from './errors.js'
import type { RegisteredProvider } from './registeredProvider.js'

/**
 * Reads everything that the registry knows about a provider, in one request.
 *
 * @param client - Client of the registry's chain.
 * @param parameters - {@link getProvider.Parameters}
 * @returns The provider, amounts in base units.
 * @throws {@link ProviderUnknownError} when there is no such provider.
 * @throws `ContractMissingError` when there is no such contract at the address.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { getProvider } from '@aitoken/inference'
 *
 * export const run = (client: ReadClient) => getProvider(client, { id: 7n })
 * ```
 */
export async function getProvider(
  client: ReadClient,
  parameters: getProvider.Parameters,
): Promise<getProvider.ReturnType> {
  const { id, registry = addressOf(client, 'providerRegistry') } = parameters
  const provider = await read(client, {
    abi: providerRegistryAbi,
    address: registry,
    args: [id],
    functionName: 'getProvider',
  })
  if (isSameAddress(provider.owner, zeroAddress)) throw new ProviderUnknownError({ id })
  return provider
}

export declare namespace getProvider {
  type Parameters = {
    /** The provider. */
    id: bigint
    /** Contract that holds the providers. @default the one deployed on the client's chain */
    registry?: Address | undefined
  }
  type ReturnType = RegisteredProvider
  type ErrorType = addressOf.ErrorType | read.ErrorType | ProviderUnknownError
}
