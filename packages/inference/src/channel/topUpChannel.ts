import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'
import type { Channel } from './channel.js'
import type { channelReverts } from './reverts.js'

/**
 * Builds the call that adds to a channel from the payer's allowance, without sending it.
 *
 * @param parameters - {@link topUpChannel.Parameters}, with `channels` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { type Channel, topUpChannelCall } from '@aitoken/inference'
 *
 * export const callOf = (channel: Channel) =>
 *   topUpChannelCall({
 *     amount: 1_000_000n,
 *     channel,
 *     channels: '0x0000000000000000000000000000000000000001',
 *   })
 * ```
 */
export function topUpChannelCall(
  parameters: topUpChannelCall.Parameters,
): Call<typeof paymentChannelsAbi, 'topUp'> {
  const { amount, channel, channels } = parameters
  return call({ abi: paymentChannelsAbi, args: [channel, amount], functionName: 'topUp', to: channels })
}

export declare namespace topUpChannelCall {
  type Parameters = topUpChannel.Parameters & {
    /** Contract that holds the channels. */
    channels: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Adds to a channel from the payer's allowance. It cancels a pending exit.
 *
 * @param client - Client with an account.
 * @param parameters - {@link topUpChannel.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link ChannelMissingError} when the channel was never opened.
 * @throws {@link ChannelClosedError} when the channel has ended.
 * @throws {@link AmountZeroError} when the amount is zero.
 * @throws {@link AmountTooLargeError} when the deposit does not fit into 96 bits.
 * @throws {@link DepositMismatchError} when the token takes a fee on transfer.
 * @throws {@link NotPayerError} when the client's account is not the payer.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { type Channel, topUpChannel } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, channel: Channel) =>
 *   topUpChannel(client, { amount: 1_000_000n, channel })
 * ```
 */
export async function topUpChannel(
  client: WriteClient,
  parameters: topUpChannel.Parameters,
): Promise<topUpChannel.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels') } = parameters
  return sendToChannels(client, topUpChannelCall({ ...parameters, channels }))
}

export declare namespace topUpChannel {
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
    | topUpChannelCall.ErrorType
    | send.ErrorType<
        typeof channelReverts,
        | 'ChannelsAmountTooLarge'
        | 'ChannelsAmountZero'
        | 'ChannelsClosed'
        | 'ChannelsDepositMismatch'
        | 'ChannelsNotPayer'
        | 'ChannelsUnknown'
      >
}
