import { addressOf, type ReadClient, read } from '@aitoken/core/internal'
import type { Address } from 'viem'

import { providerRegistryAbi } from '../generated/providerRegistry.js'

/**
 * Tells whether a proof against a key counts now: it is the provider's, or was replaced less than one unbonding delay
 * ago, and was not convicted yet.
 *
 * @param client - Client of the registry's chain.
 * @param parameters - {@link isAccountable.Parameters}
 * @returns Whether it does.
 * @throws `ContractMissingError` when there is no such contract at the address.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { isAccountable } from '@aitoken/inference'
 *
 * export const run = (client: ReadClient) => isAccountable(client, { id: 7n, signer: '0x90F79bf6EB2c4f870365E785982E1f101E93b906' })
 * ```
 */
export async function isAccountable(
  client: ReadClient,
  parameters: isAccountable.Parameters,
): Promise<isAccountable.ReturnType> {
  const { id, signer, registry = addressOf(client, 'providerRegistry') } = parameters
  return read(client, {
    abi: providerRegistryAbi,
    address: registry,
    args: [id, signer],
    functionName: 'isAccountable',
  })
}

export declare namespace isAccountable {
  type Parameters = {
    /** The provider. */
    id: bigint
    /** The key. */
    signer: Address
    /** Contract that holds the providers. @default the one deployed on the client's chain */
    registry?: Address | undefined
  }
  type ReturnType = boolean
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
