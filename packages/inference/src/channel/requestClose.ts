import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'
import type { Channel } from './channel.js'
import type { channelReverts } from './reverts.js'

/**
 * Builds the call that announces the payer's exit from a channel, without sending it.
 *
 * @param parameters - {@link requestClose.Parameters}, with `channels` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { type Channel, requestCloseCall } from '@aitoken/inference'
 *
 * export const callOf = (channel: Channel) =>
 *   requestCloseCall({ channel, channels: '0x0000000000000000000000000000000000000001' })
 * ```
 */
export function requestCloseCall(
  parameters: requestCloseCall.Parameters,
): Call<typeof paymentChannelsAbi, 'requestClose'> {
  const { channel, channels } = parameters
  return call({ abi: paymentChannelsAbi, args: [channel], functionName: 'requestClose', to: channels })
}

export declare namespace requestCloseCall {
  type Parameters = requestClose.Parameters & {
    /** Contract that holds the channels. */
    channels: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Announces the payer's exit from a channel. The payee may settle for another 15 minutes; then {@link withdrawFromChannel} works.
 *
 * @param client - Client with an account.
 * @param parameters - {@link requestClose.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link ChannelMissingError} when the channel was never opened.
 * @throws {@link ChannelClosedError} when the channel has ended.
 * @throws {@link ChannelClosingError} when the payer's exit is pending.
 * @throws {@link NotPayerError} when the client's account is not the payer.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { type Channel, requestClose } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, channel: Channel) =>
 *   requestClose(client, { channel })
 * ```
 */
export async function requestClose(
  client: WriteClient,
  parameters: requestClose.Parameters,
): Promise<requestClose.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels') } = parameters
  return sendToChannels(client, requestCloseCall({ ...parameters, channels }))
}

export declare namespace requestClose {
  type Parameters = {
    /** The channel. */
    channel: Channel
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | requestCloseCall.ErrorType
    | send.ErrorType<
        typeof channelReverts,
        'ChannelsClosed' | 'ChannelsClosing' | 'ChannelsNotPayer' | 'ChannelsUnknown'
      >
}
