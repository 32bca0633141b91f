import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'
import type { Channel } from './channel.js'
import type { channelReverts } from './reverts.js'

/**
 * Builds the call that refunds what was not settled to the payer and ends a channel, without sending it.
 *
 * @param parameters - {@link withdrawFromChannel.Parameters}, with `channels` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { type Channel, withdrawFromChannelCall } from '@aitoken/inference'
 *
 * export const callOf = (channel: Channel) =>
 *   withdrawFromChannelCall({ channel, channels: '0x0000000000000000000000000000000000000001' })
 * ```
 */
export function withdrawFromChannelCall(
  parameters: withdrawFromChannelCall.Parameters,
): Call<typeof paymentChannelsAbi, 'withdraw'> {
  const { channel, channels } = parameters
  return call({ abi: paymentChannelsAbi, args: [channel], functionName: 'withdraw', to: channels })
}

export declare namespace withdrawFromChannelCall {
  type Parameters = withdrawFromChannel.Parameters & {
    /** Contract that holds the channels. */
    channels: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Refunds what was not settled to the payer and ends a channel. It takes {@link requestClose} and the grace period first.
 *
 * @param client - Client with an account.
 * @param parameters - {@link withdrawFromChannel.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link ChannelMissingError} when the channel was never opened.
 * @throws {@link ChannelClosedError} when the channel has ended.
 * @throws {@link NotPayerError} when the client's account is not the payer.
 * @throws {@link CloseNotRequestedError} when the exit was not announced.
 * @throws {@link GracePeriodError} when the grace period is not over.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { type Channel, withdrawFromChannel } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, channel: Channel) =>
 *   withdrawFromChannel(client, { channel })
 * ```
 */
export async function withdrawFromChannel(
  client: WriteClient,
  parameters: withdrawFromChannel.Parameters,
): Promise<withdrawFromChannel.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels') } = parameters
  return sendToChannels(client, withdrawFromChannelCall({ ...parameters, channels }))
}

export declare namespace withdrawFromChannel {
  type Parameters = {
    /** The channel. */
    channel: Channel
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | withdrawFromChannelCall.ErrorType
    | send.ErrorType<
        typeof channelReverts,
        | 'ChannelsCloseNotRequested'
        | 'ChannelsClosed'
        | 'ChannelsGraceNotOver'
        | 'ChannelsNotPayer'
        | 'ChannelsUnknown'
      >
}
