import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'

import { providerRegistryAbi } from '../generated/providerRegistry.js'
import { sendToRegistry } from '../internal/sendToRegistry.js'
import { type Listing, toListing } from './listing.js'
import type { registryReverts } from './reverts.js'

/**
 * Builds the call that registers a provider, without sending it.
 *
 * @param parameters - {@link registerProvider.Parameters}, with `registry` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { registerProviderCall } from '@aitoken/inference'
 *
 * export const callOf = () =>
 *   registerProviderCall({
 *     listing: {
 *       endpoint: 'https://provider.example',
 *       payee: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *       receiptSigner: '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
 *     },
 *     registry: '0x0000000000000000000000000000000000000001',
 *   })
 * ```
 */
export function registerProviderCall(
  parameters: registerProviderCall.Parameters,
): Call<typeof providerRegistryAbi, 'register'> {
  const { bond = 0n, listing, registry } = parameters
  return call({
    abi: providerRegistryAbi,
    args: [toListing(listing), listing.manifestUri ?? '', bond],
    functionName: 'register',
    to: registry,
  })
}

export declare namespace registerProviderCall {
  type Parameters = registerProvider.Parameters & {
    /** Contract that holds the providers. */
    registry: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Registers a provider that the account owns, and bonds tokens from the allowance that it gave the registry. Its id is in
 * the transaction's logs: {@link readProviderId} reads it.
 *
 * @param client - Client with an account.
 * @param parameters - {@link registerProvider.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link EndpointLengthError} when the endpoint is empty or too long.
 * @throws {@link ManifestUriLengthError} when the URI is too long.
 * @throws {@link RegistryAddressError} when payee or signer is zero or the registry itself.
 * @throws {@link AmountTooLargeError} when the bond does not fit into 96 bits.
 * @throws `InsufficientAllowanceError` when the account approved the registry for less than the bond.
 * @throws `InsufficientBalanceError` when the account holds less than the bond.
 *
 * @example
 * ```ts
 * import { addressOf, approve, confirm, type WriteClient } from '@aitoken/core'
 * import { readProviderId, registerProvider } from '@aitoken/inference'
 * import { parseEther } from 'viem'
 *
 * export async function register(client: WriteClient) {
 *   const bond = parseEther('1000')
 *   const spender = addressOf(client, 'providerRegistry')
 *   await confirm(client, { hash: await approve(client, { amount: bond, spender }) })
 *   const listing = {
 *     endpoint: 'https://provider.example',
 *     payee: client.account.address,
 *     receiptSigner: client.account.address,
 *   }
 *   const { receipt } = await confirm(client, { hash: await registerProvider(client, { bond, listing }) })
 *   return readProviderId({ logs: receipt.logs, registry: spender })
 * }
 * ```
 */
export async function registerProvider(
  client: WriteClient,
  parameters: registerProvider.Parameters,
): Promise<registerProvider.ReturnType> {
  const { registry = addressOf(client, 'providerRegistry') } = parameters
  return sendToRegistry(client, registerProviderCall({ ...parameters, registry }))
}

export declare namespace registerProvider {
  type Parameters = {
    /** Base units of the bond token to bond at once. @default 0n */
    bond?: bigint | undefined
    /** What the provider publishes. */
    listing: Listing
    /** Contract that holds the providers. @default the one deployed on the client's chain */
    registry?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | registerProviderCall.ErrorType
    | send.ErrorType<
        typeof registryReverts,
        | 'RegistryAddressInvalid'
        | 'RegistryAmountTooLarge'
        | 'RegistryDepositMismatch'
        | 'RegistryEndpointInvalid'
        | 'RegistryUriTooLong'
        | 'SafeERC20FailedOperation'
      >
}
