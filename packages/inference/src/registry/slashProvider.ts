import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import { type Address, type Hash, type Hex, zeroAddress } from 'viem'

import { providerRegistryAbi } from '../generated/providerRegistry.js'
import { sendToRegistry } from '../internal/sendToRegistry.js'
import type { registryReverts } from './reverts.js'

/**
 * Builds the call that takes bonded tokens from a provider, without sending it.
 *
 * @param parameters - {@link slashProvider.Parameters}, with `registry` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { slashProviderCall } from '@aitoken/inference'
 *
 * export const callOf = () =>
 *   slashProviderCall({ amount: 10n ** 18n, id: 7n, reason: `0x${'11'.repeat(32)}`, registry: '0x0000000000000000000000000000000000000001' })
 * ```
 */
export function slashProviderCall(
  parameters: slashProviderCall.Parameters,
): Call<typeof providerRegistryAbi, 'slash'> {
  const { amount, id, reason, recipient = zeroAddress, registry } = parameters
  return call({
    abi: providerRegistryAbi,
    args: [id, amount, recipient, reason],
    functionName: 'slash',
    to: registry,
  })
}

export declare namespace slashProviderCall {
  type Parameters = slashProvider.Parameters & {
    /** Contract that holds the providers. */
    registry: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Takes bonded tokens from a provider, what is unbonding first, and at most what is there. The access manager decides
 * who may.
 *
 * @param client - Client with an account.
 * @param parameters - {@link slashProvider.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws `AccessDeniedError` when the access manager does not let the account.
 * @throws {@link NothingBondedError} when the provider has nothing to lose.
 * @throws {@link ProviderUnknownError} when there is no such provider.
 * @throws {@link AmountZeroError} when the amount is zero.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { slashProvider } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient) => slashProvider(client, { amount: 10n ** 18n, id: 7n, reason: `0x${'11'.repeat(32)}` })
 * ```
 */
export async function slashProvider(
  client: WriteClient,
  parameters: slashProvider.Parameters,
): Promise<slashProvider.ReturnType> {
  const { registry = addressOf(client, 'providerRegistry') } = parameters
  return sendToRegistry(client, slashProviderCall({ ...parameters, registry }))
}

export declare namespace slashProvider {
  type Parameters = {
    /** Base units to take at most. */
    amount: bigint
    /** The provider. */
    id: bigint
    /** Digest of the reasons, 32 bytes. */
    reason: Hex
    /** Who receives them. @default nobody: they are burned */
    recipient?: Address | undefined
    /** Contract that holds the providers. @default the one deployed on the client's chain */
    registry?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | slashProviderCall.ErrorType
    | send.ErrorType<
        typeof registryReverts,
        | 'AccessManagedUnauthorized'
        | 'RegistryAddressInvalid'
        | 'RegistryAmountZero'
        | 'RegistryNothingBonded'
        | 'RegistryUnknown'
        | 'SafeERC20FailedOperation'
      >
}
