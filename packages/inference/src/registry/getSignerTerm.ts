import { addressOf, type ReadClient, read } from '@aitoken/core/internal'
import type { Address } from 'viem'

import { providerRegistryAbi } from '../generated/providerRegistry.js'

/**
 * Reads when a key signed receipts for a provider; the registry keeps it for good.
 *
 * @param client - Client of the registry's chain.
 * @param parameters - {@link getSignerTerm.Parameters}
 * @returns The key's term, times in seconds.
 * @throws `ContractMissingError` when there is no such contract at the address.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { getSignerTerm } from '@aitoken/inference'
 *
 * export const run = (client: ReadClient) => getSignerTerm(client, { id: 7n, signer: '0x90F79bf6EB2c4f870365E785982E1f101E93b906' })
 * ```
 */
export async function getSignerTerm(
  client: ReadClient,
  parameters: getSignerTerm.Parameters,
): Promise<getSignerTerm.ReturnType> {
  const { id, signer, registry = addressOf(client, 'providerRegistry') } = parameters
  return read(client, {
    abi: providerRegistryAbi,
    address: registry,
    args: [id, signer],
    functionName: 'signerTermOf',
  })
}

export declare namespace getSignerTerm {
  type Parameters = {
    /** The provider. */
    id: bigint
    /** The key. */
    signer: Address
    /** Contract that holds the providers. @default the one deployed on the client's chain */
    registry?: Address | undefined
  }
  type ReturnType = {
    /** Whether a proof against it was accepted. */
    convicted: boolean
    /** Unix time in seconds from which; 0 when it never did. */
    since: number
    /** Unix time in seconds until which; 0 while it does. */
    until: number
  }
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
