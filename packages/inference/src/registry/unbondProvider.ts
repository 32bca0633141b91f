import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'

import { providerRegistryAbi } from '../generated/providerRegistry.js'
import { sendToRegistry } from '../internal/sendToRegistry.js'
import type { registryReverts } from './reverts.js'

/**
 * Builds the call that starts to take out a part of a bond, without sending it.
 *
 * @param parameters - {@link unbondProvider.Parameters}, with `registry` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { unbondProviderCall } from '@aitoken/inference'
 *
 * export const callOf = () =>
 *   unbondProviderCall({ amount: 10n ** 18n, id: 7n, registry: '0x0000000000000000000000000000000000000001' })
 * ```
 */
export function unbondProviderCall(
  parameters: unbondProviderCall.Parameters,
): Call<typeof providerRegistryAbi, 'startUnbonding'> {
  const { amount, id, registry } = parameters
  return call({ abi: providerRegistryAbi, args: [id, amount], functionName: 'startUnbonding', to: registry })
}

export declare namespace unbondProviderCall {
  type Parameters = unbondProvider.Parameters & {
    /** Contract that holds the providers. */
    registry: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Starts to take out a part of a bond; {@link withdrawBond} pays it out after the unbonding delay. Only the provider's
 * owner may. Starting again starts the delay of everything that is unbonding again.
 *
 * @param client - Client with an account.
 * @param parameters - {@link unbondProvider.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link ProviderOwnerError} when the account does not own the provider.
 * @throws {@link ProviderUnknownError} when there is no such provider.
 * @throws {@link BondInsufficientError} when less is bonded.
 * @throws {@link AmountZeroError} when the amount is zero.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { unbondProvider } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient) => unbondProvider(client, { amount: 10n ** 18n, id: 7n })
 * ```
 */
export async function unbondProvider(
  client: WriteClient,
  parameters: unbondProvider.Parameters,
): Promise<unbondProvider.ReturnType> {
  const { registry = addressOf(client, 'providerRegistry') } = parameters
  return sendToRegistry(client, unbondProviderCall({ ...parameters, registry }))
}

export declare namespace unbondProvider {
  type Parameters = {
    /** Amount in base units of the bond token. */
    amount: bigint
    /** The provider. */
    id: bigint
    /** Contract that holds the providers. @default the one deployed on the client's chain */
    registry?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | unbondProviderCall.ErrorType
    | send.ErrorType<
        typeof registryReverts,
        'RegistryNotOwner' | 'RegistryUnknown' | 'RegistryAmountZero' | 'RegistryBondInsufficient'
      >
}
