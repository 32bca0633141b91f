import { accountOf, addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'

import type { channelReverts } from '../channel/reverts.js'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'

/**
 * Builds the call that takes tokens out of the account's vault, without sending it.
 *
 * @param parameters - {@link withdrawFromVault.Parameters}, with `channels` and `token` and `to` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { withdrawFromVaultCall } from '@aitoken/inference'
 *
 * export const callOf = () =>
 *   withdrawFromVaultCall({
 *     amount: 1_000_000n,
 *     channels: '0x0000000000000000000000000000000000000001',
 *     to: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *     token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 *   })
 * ```
 */
export function withdrawFromVaultCall(
  parameters: withdrawFromVaultCall.Parameters,
): Call<typeof paymentChannelsAbi, 'withdrawFromVault'> {
  const { amount, channels, to, token } = parameters
  return call({
    abi: paymentChannelsAbi,
    args: [token, amount, to],
    functionName: 'withdrawFromVault',
    to: channels,
  })
}

export declare namespace withdrawFromVaultCall {
  type Parameters = withdrawFromVault.Parameters & {
    /** Contract that holds the channels. */
    channels: Address
    /** Who receives them. */
    to: Address
    /** The ERC-20 token. */
    token: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Takes tokens out of the account's vault.
 *
 * @param client - Client with an account.
 * @param parameters - {@link withdrawFromVault.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link VaultInsufficientError} when the vault does not hold enough.
 * @throws {@link AmountZeroError} when the amount is zero.
 * @throws {@link AddressRoleError} when an address is zero or the contract itself.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { withdrawFromVault } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient) =>
 *   withdrawFromVault(client, {
 *     amount: 1_000_000n,
 *     to: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   })
 * ```
 */
export async function withdrawFromVault(
  client: WriteClient,
  parameters: withdrawFromVault.Parameters,
): Promise<withdrawFromVault.ReturnType> {
  const {
    channels = addressOf(client, 'paymentChannels'),
    to = accountOf(client, 'withdrawFromVault').address,
    token = addressOf(client, 'aiToken'),
  } = parameters
  return sendToChannels(client, withdrawFromVaultCall({ ...parameters, channels, to, token }))
}

export declare namespace withdrawFromVault {
  type Parameters = {
    /** Base units. */
    amount: bigint
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Who receives them. @default the client's account */
    to?: Address | undefined
    /** The ERC-20 token. @default AIT on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | withdrawFromVaultCall.ErrorType
    | send.ErrorType<
        typeof channelReverts,
        'ChannelsAddressInvalid' | 'ChannelsAmountZero' | 'ChannelsVaultInsufficient'
      >
}
