import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'
import type { Channel } from './channel.js'
import type { Authorization } from './funding.js'
import type { channelReverts } from './reverts.js'

/**
 * Builds the call that adds to a channel with the payer's ERC-3009 authorization, without sending it.
 *
 * @param parameters - {@link topUpChannelWithAuthorization.Parameters}, with `channels` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { type Authorization, type Channel, topUpChannelWithAuthorizationCall } from '@aitoken/inference'
 *
 * export const callOf = (authorization: Authorization, channel: Channel) =>
 *   topUpChannelWithAuthorizationCall({
 *     amount: 1_000_000n,
 *     authorization,
 *     channel,
 *     channels: '0x0000000000000000000000000000000000000001',
 *   })
 * ```
 */
export function topUpChannelWithAuthorizationCall(
  parameters: topUpChannelWithAuthorizationCall.Parameters,
): Call<typeof paymentChannelsAbi, 'topUpWithAuthorization'> {
  const { amount, authorization, channel, channels } = parameters
  return call({
    abi: paymentChannelsAbi,
    args: [channel, amount, authorization],
    functionName: 'topUpWithAuthorization',
    to: channels,
  })
}

export declare namespace topUpChannelWithAuthorizationCall {
  type Parameters = topUpChannelWithAuthorization.Parameters & {
    /** Contract that holds the channels. */
    channels: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Adds to a channel with the payer's ERC-3009 authorization. Anybody may send it; it cancels a pending exit.
 *
 * @param client - Client with an account.
 * @param parameters - {@link topUpChannelWithAuthorization.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link ChannelMissingError} when the channel was never opened.
 * @throws {@link ChannelClosedError} when the channel has ended.
 * @throws {@link AmountZeroError} when the amount is zero.
 * @throws {@link AmountTooLargeError} when the deposit does not fit into 96 bits.
 * @throws {@link DepositMismatchError} when the token takes a fee on transfer.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { type Authorization, type Channel, topUpChannelWithAuthorization } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, authorization: Authorization, channel: Channel) =>
 *   topUpChannelWithAuthorization(client, { amount: 1_000_000n, authorization, channel })
 * ```
 */
export async function topUpChannelWithAuthorization(
  client: WriteClient,
  parameters: topUpChannelWithAuthorization.Parameters,
): Promise<topUpChannelWithAuthorization.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels') } = parameters
  return sendToChannels(client, topUpChannelWithAuthorizationCall({ ...parameters, channels }))
}

export declare namespace topUpChannelWithAuthorization {
  type Parameters = {
    /** Base units to add; the authorization's value. */
    amount: bigint
    /** The payer's ERC-3009 authorization, made by {@link signTopUpAuthorization}. */
    authorization: Authorization
    /** The channel. */
    channel: Channel
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | topUpChannelWithAuthorizationCall.ErrorType
    | send.ErrorType<
        typeof channelReverts,
        | 'ChannelsAmountTooLarge'
        | 'ChannelsAmountZero'
        | 'ChannelsClosed'
        | 'ChannelsDepositMismatch'
        | 'ChannelsUnknown'
      >
}
