import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'

import { providerRegistryAbi } from '../generated/providerRegistry.js'
import { sendToRegistry } from '../internal/sendToRegistry.js'
import type { registryReverts } from './reverts.js'

/**
 * Builds the call that pays out what was unbonding, without sending it.
 *
 * @param parameters - {@link withdrawBond.Parameters}, with `registry` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { withdrawBondCall } from '@aitoken/inference'
 *
 * export const callOf = () =>
 *   withdrawBondCall({ id: 7n, to: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8', registry: '0x0000000000000000000000000000000000000001' })
 * ```
 */
export function withdrawBondCall(
  parameters: withdrawBondCall.Parameters,
): Call<typeof providerRegistryAbi, 'withdrawBond'> {
  const { id, to, registry } = parameters
  return call({ abi: providerRegistryAbi, args: [id, to], functionName: 'withdrawBond', to: registry })
}

export declare namespace withdrawBondCall {
  type Parameters = withdrawBond.Parameters & {
    /** Contract that holds the providers. */
    registry: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Pays out everything that has been unbonding for the whole delay. Only the provider's owner may, and nobody can pause it.
 *
 * @param client - Client with an account.
 * @param parameters - {@link withdrawBond.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link ProviderOwnerError} when the account does not own the provider.
 * @throws {@link ProviderUnknownError} when there is no such provider.
 * @throws {@link NothingUnbondingError} when nothing is unbonding.
 * @throws {@link StillUnbondingError} when the delay is not over.
 * @throws {@link RegistryAddressError} when the recipient is zero or the registry itself.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { withdrawBond } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient) => withdrawBond(client, { id: 7n, to: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' })
 * ```
 */
export async function withdrawBond(
  client: WriteClient,
  parameters: withdrawBond.Parameters,
): Promise<withdrawBond.ReturnType> {
  const { registry = addressOf(client, 'providerRegistry') } = parameters
  return sendToRegistry(client, withdrawBondCall({ ...parameters, registry }))
}

export declare namespace withdrawBond {
  type Parameters = {
    /** The provider. */
    id: bigint
    /** Who receives it. */
    to: Address
    /** Contract that holds the providers. @default the one deployed on the client's chain */
    registry?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | withdrawBondCall.ErrorType
    | send.ErrorType<
        typeof registryReverts,
        | 'RegistryNotOwner'
        | 'RegistryUnknown'
        | 'RegistryAddressInvalid'
        | 'RegistryNothingUnbonding'
        | 'RegistryStillUnbonding'
        | 'SafeERC20FailedOperation'
      >
}
