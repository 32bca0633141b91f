import { addressOf, type ReadClient, read } from '@aitoken/core/internal'
import type { Address } from 'viem'

import { providerRegistryAbi } from '../generated/providerRegistry.js'

/**
 * Tells whether a key signed receipts for a provider at a time.
 *
 * @param client - Client of the registry's chain.
 * @param parameters - {@link isReceiptSigner.Parameters}
 * @returns Whether it did.
 * @throws `ContractMissingError` when there is no such contract at the address.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { isReceiptSigner } from '@aitoken/inference'
 *
 * export const run = (client: ReadClient) => isReceiptSigner(client, { at: 1_800_000_000n, id: 7n, signer: '0x90F79bf6EB2c4f870365E785982E1f101E93b906' })
 * ```
 */
export async function isReceiptSigner(
  client: ReadClient,
  parameters: isReceiptSigner.Parameters,
): Promise<isReceiptSigner.ReturnType> {
  const { at, id, signer, registry = addressOf(client, 'providerRegistry') } = parameters
  return read(client, {
    abi: providerRegistryAbi,
    address: registry,
    args: [id, signer, at],
    functionName: 'isReceiptSigner',
  })
}

export declare namespace isReceiptSigner {
  type Parameters = {
    /** Unix time in seconds. */
    at: bigint
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
