import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'

import type { Channel } from '../channel/channel.js'
import type { channelReverts } from '../channel/reverts.js'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'

/**
 * Builds the call that adds to a channel from the payer's vault, without sending it.
 *
 * @param parameters - {@link topUpChannelFromVault.Parameters}, with `channels` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { type Channel, topUpChannelFromVaultCall } from '@aitoken/inference'
 *
 * export const callOf = (channel: Channel) =>
 *   topUpChannelFromVaultCall({
 *     amount: 1_000_000n,
 *     channel,
 *     channels: '0x0000000000000000000000000000000000000001',
 *   })
 * ```
 */
export function topUpChannelFromVaultCall(
  parameters: topUpChannelFromVaultCall.Parameters,
): Call<typeof paymentChannelsAbi, 'topUpFromVault'> {
  const { amount, channel, channels } = parameters
  return call({
    abi: paymentChannelsAbi,
    args: [channel, amount],
    functionName: 'topUpFromVault',
    to: channels,
  })
}

export declare namespace topUpChannelFromVaultCall {
  type Parameters = topUpChannelFromVault.Parameters & {
    /** Contract that holds the channels. */
    channels: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Adds to a channel from the payer's vault. It cancels a pending exit.
 *
 * @param client - Client with an account.
 * @param parameters - {@link topUpChannelFromVault.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link ChannelMissingError} when the channel was never opened.
 * @throws {@link ChannelClosedError} when the channel has ended.
 * @throws {@link AmountZeroError} when the amount is zero.
 * @throws {@link AmountTooLargeError} when the deposit does not fit into 96 bits.
 * @throws {@link NotPayerError} when the client's account is not the payer.
 * @throws {@link VaultInsufficientError} when the vault does not hold enough.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { type Channel, topUpChannelFromVault } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, channel: Channel) =>
 *   topUpChannelFromVault(client, { amount: 1_000_000n, channel })
 * ```
 */
export async function topUpChannelFromVault(
  client: WriteClient,
  parameters: topUpChannelFromVault.Parameters,
): Promise<topUpChannelFromVault.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels') } = parameters
  return sendToChannels(client, topUpChannelFromVaultCall({ ...parameters, channels }))
}

export declare namespace topUpChannelFromVault {
  type Parameters = {
    /** Base units to add. */
    amount: bigint
    /** The channel. */
    channel: Channel
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | topUpChannelFromVaultCall.ErrorType
    | send.ErrorType<
        typeof channelReverts,
        | 'ChannelsAmountTooLarge'
        | 'ChannelsAmountZero'
        | 'ChannelsClosed'
        | 'ChannelsNotPayer'
        | 'ChannelsUnknown'
        | 'ChannelsVaultInsufficient'
      >
}
