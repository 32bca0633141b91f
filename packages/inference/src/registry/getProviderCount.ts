import { addressOf, type ReadClient, read } from '@aitoken/core/internal'
import type { Address } from 'viem'

import { providerRegistryAbi } from '../generated/providerRegistry.js'

/**
 * Reads how many providers ever registered: their ids are 1 to this.
 *
 * @param client - Client of the registry's chain.
 * @param parameters - {@link getProviderCount.Parameters}
 * @returns How many.
 * @throws `ContractMissingError` when there is no such contract at the address.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { getProviderCount } from '@aitoken/inference'
 *
 * export const run = (client: ReadClient) => getProviderCount(client)
 * ```
 */
export async function getProviderCount(
  client: ReadClient,
  parameters: getProviderCount.Parameters = {},
): Promise<getProviderCount.ReturnType> {
  const { registry = addressOf(client, 'providerRegistry') } = parameters
  return read(client, {
    abi: providerRegistryAbi,
    address: registry,
    args: [],
    functionName: 'providerCount',
  })
}

export declare namespace getProviderCount {
  type Parameters = {
    /** Contract that holds the providers. @default the one deployed on the client's chain */
    registry?: Address | undefined
  }
  type ReturnType = bigint
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
