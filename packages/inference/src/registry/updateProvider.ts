import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'

import { providerRegistryAbi } from '../generated/providerRegistry.js'
import { sendToRegistry } from '../internal/sendToRegistry.js'
import { type Listing, toListing } from './listing.js'
import type { registryReverts } from './reverts.js'

/**
 * Builds the call that publishes anew what a provider is, without sending it.
 *
 * @param parameters - {@link updateProvider.Parameters}, with `registry` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { updateProviderCall } from '@aitoken/inference'
 *
 * export const callOf = () =>
 *   updateProviderCall({ id: 7n, listing: { endpoint: 'https://provider.example', payee: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8', receiptSigner: '0x90F79bf6EB2c4f870365E785982E1f101E93b906' }, registry: '0x0000000000000000000000000000000000000001' })
 * ```
 */
export function updateProviderCall(
  parameters: updateProviderCall.Parameters,
): Call<typeof providerRegistryAbi, 'update'> {
  const { id, listing, registry } = parameters
  return call({
    abi: providerRegistryAbi,
    args: [id, toListing(listing), listing.manifestUri ?? ''],
    functionName: 'update',
    to: registry,
  })
}

export declare namespace updateProviderCall {
  type Parameters = updateProvider.Parameters & {
    /** Contract that holds the providers. */
    registry: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Publishes anew what a provider is: endpoint, payee, receipt signer and manifest. Only its owner may. Another receipt
 * signer replaces the one before for good, which answers for its receipts for one unbonding delay.
 *
 * @param client - Client with an account.
 * @param parameters - {@link updateProvider.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link ProviderOwnerError} when the account does not own the provider.
 * @throws {@link ProviderUnknownError} when there is no such provider.
 * @throws {@link ProviderDeregisteredError} when the provider left.
 * @throws {@link SignerRetiredError} when the key signed for the provider before and was replaced.
 * @throws {@link EndpointLengthError} when the endpoint is empty or too long.
 * @throws {@link ManifestUriLengthError} when the URI is too long.
 * @throws {@link RegistryAddressError} when payee or signer is zero or the registry itself.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { updateProvider } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient) => updateProvider(client, { id: 7n, listing: { endpoint: 'https://provider.example', payee: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8', receiptSigner: '0x90F79bf6EB2c4f870365E785982E1f101E93b906' } })
 * ```
 */
export async function updateProvider(
  client: WriteClient,
  parameters: updateProvider.Parameters,
): Promise<updateProvider.ReturnType> {
  const { registry = addressOf(client, 'providerRegistry') } = parameters
  return sendToRegistry(client, updateProviderCall({ ...parameters, registry }))
}

export declare namespace updateProvider {
  type Parameters = {
    /** The provider. */
    id: bigint
    /** All that it publishes. */
    listing: Listing
    /** Contract that holds the providers. @default the one deployed on the client's chain */
    registry?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | updateProviderCall.ErrorType
    | send.ErrorType<
        typeof registryReverts,
        | 'RegistryNotOwner'
        | 'RegistryUnknown'
        | 'RegistryAddressInvalid'
        | 'RegistryDeregistered'
        | 'RegistryEndpointInvalid'
        | 'RegistrySignerRetired'
        | 'RegistryUriTooLong'
      >
}
