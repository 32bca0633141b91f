import { addressOf, type ReadClient, read } from '@aitoken/core/internal'
import type { Address } from 'viem'

import { providerRegistryAbi } from '../generated/providerRegistry.js'

/**
 * Tells whether an account is, or was, whom a provider's channels pay.
 *
 * @param client - Client of the registry's chain.
 * @param parameters - {@link wasPayee.Parameters}
 * @returns Whether it is or was.
 * @throws `ContractMissingError` when there is no such contract at the address.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { wasPayee } from '@aitoken/inference'
 *
 * export const run = (client: ReadClient) => wasPayee(client, { id: 7n, payee: '0x90F79bf6EB2c4f870365E785982E1f101E93b906' })
 * ```
 */
export async function wasPayee(
  client: ReadClient,
  parameters: wasPayee.Parameters,
): Promise<wasPayee.ReturnType> {
  const { id, payee, registry = addressOf(client, 'providerRegistry') } = parameters
  return read(client, {
    abi: providerRegistryAbi,
    address: registry,
    args: [id, payee],
    functionName: 'wasPayee',
  })
}

export declare namespace wasPayee {
  type Parameters = {
    /** The provider. */
    id: bigint
    /** The account. */
    payee: Address
    /** Contract that holds the providers. @default the one deployed on the client's chain */
    registry?: Address | undefined
  }
  type ReturnType = boolean
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
