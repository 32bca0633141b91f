import { addressOf, type ReadClient, read } from '@aitoken/core/internal'
import type { Address } from 'viem'

import { providerRegistryAbi } from '../generated/providerRegistry.js'

/**
 * Reads which access manager decides who may slash providers.
 *
 * @param client - Client of the registry's chain.
 * @param parameters - {@link getSlashAuthority.Parameters}
 * @returns Address of the access manager.
 * @throws `ContractMissingError` when there is no such contract at the address.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { getSlashAuthority } from '@aitoken/inference'
 *
 * export const run = (client: ReadClient) => getSlashAuthority(client)
 * ```
 */
export async function getSlashAuthority(
  client: ReadClient,
  parameters: getSlashAuthority.Parameters = {},
): Promise<getSlashAuthority.ReturnType> {
  const { registry = addressOf(client, 'providerRegistry') } = parameters
  return read(client, {
    abi: providerRegistryAbi,
    address: registry,
    args: [],
    functionName: 'authority',
  })
}

export declare namespace getSlashAuthority {
  type Parameters = {
    /** Contract that holds the providers. @default the one deployed on the client's chain */
    registry?: Address | undefined
  }
  type ReturnType = Address
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
