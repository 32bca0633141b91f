import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'

import { providerRegistryAbi } from '../generated/providerRegistry.js'
import { sendToRegistry } from '../internal/sendToRegistry.js'
import type { registryReverts } from './reverts.js'

/**
 * Builds the call that adds to a provider's bond, without sending it.
 *
 * @param parameters - {@link bondProvider.Parameters}, with `registry` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { bondProviderCall } from '@aitoken/inference'
 *
 * export const callOf = () =>
 *   bondProviderCall({ amount: 10n ** 18n, id: 7n, registry: '0x0000000000000000000000000000000000000001' })
 * ```
 */
export function bondProviderCall(
  parameters: bondProviderCall.Parameters,
): Call<typeof providerRegistryAbi, 'bond'> {
  const { amount, id, registry } = parameters
  return call({ abi: providerRegistryAbi, args: [id, amount], functionName: 'bond', to: registry })
}

export declare namespace bondProviderCall {
  type Parameters = bondProvider.Parameters & {
    /** Contract that holds the providers. */
    registry: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Adds to a provider's bond, from the allowance that the account gave the registry. Anybody may; it is the owner's
 * afterwards.
 *
 * @param client - Client with an account.
 * @param parameters - {@link bondProvider.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link AmountZeroError} when the amount is zero.
 * @throws {@link AmountTooLargeError} when the bond would not fit into 96 bits.
 * @throws {@link ProviderUnknownError} when there is no such provider.
 * @throws {@link ProviderDeregisteredError} when the provider left.
 * @throws `InsufficientAllowanceError` when the account approved the registry for less.
 * @throws `InsufficientBalanceError` when the account holds less.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { bondProvider } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient) => bondProvider(client, { amount: 10n ** 18n, id: 7n })
 * ```
 */
export async function bondProvider(
  client: WriteClient,
  parameters: bondProvider.Parameters,
): Promise<bondProvider.ReturnType> {
  const { registry = addressOf(client, 'providerRegistry') } = parameters
  return sendToRegistry(client, bondProviderCall({ ...parameters, registry }))
}

export declare namespace bondProvider {
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
    | bondProviderCall.ErrorType
    | send.ErrorType<
        typeof registryReverts,
        | 'RegistryAmountTooLarge'
        | 'RegistryAmountZero'
        | 'RegistryDepositMismatch'
        | 'RegistryDeregistered'
        | 'RegistryUnknown'
        | 'SafeERC20FailedOperation'
      >
}
