import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'
import type { Channel } from './channel.js'
import type { Authorization } from './funding.js'
import type { channelReverts } from './reverts.js'

/**
 * Builds the call that opens a channel with the payer's ERC-3009 authorization, without sending it.
 *
 * @param parameters - {@link openChannelWithAuthorization.Parameters}, with `channels` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { type Authorization, type Channel, openChannelWithAuthorizationCall } from '@aitoken/inference'
 *
 * export const callOf = (authorization: Authorization, channel: Channel) =>
 *   openChannelWithAuthorizationCall({
 *     authorization,
 *     channel,
 *     channels: '0x0000000000000000000000000000000000000001',
 *     deposit: 1_000_000n,
 *   })
 * ```
 */
export function openChannelWithAuthorizationCall(
  parameters: openChannelWithAuthorizationCall.Parameters,
): Call<typeof paymentChannelsAbi, 'openWithAuthorization'> {
  const { authorization, channel, channels, deposit } = parameters
  return call({
    abi: paymentChannelsAbi,
    args: [channel, deposit, authorization],
    functionName: 'openWithAuthorization',
    to: channels,
  })
}

export declare namespace openChannelWithAuthorizationCall {
  type Parameters = openChannelWithAuthorization.Parameters & {
    /** Contract that holds the channels. */
    channels: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Opens a channel with the payer's ERC-3009 authorization. Anybody may send it: the authorization's nonce names the channel.
 *
 * @param client - Client with an account.
 * @param parameters - {@link openChannelWithAuthorization.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link ChannelExistsError} when a channel with the same descriptor was opened before.
 * @throws {@link AddressRoleError} when `payee` is the zero address.
 * @throws {@link TokenMissingError} when there is no token at the address.
 * @throws {@link AmountZeroError} when the amount is zero.
 * @throws {@link AmountTooLargeError} when the deposit does not fit into 96 bits.
 * @throws {@link DepositMismatchError} when the token takes a fee on transfer.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { type Authorization, type Channel, openChannelWithAuthorization } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, authorization: Authorization, channel: Channel) =>
 *   openChannelWithAuthorization(client, { authorization, channel, deposit: 1_000_000n })
 * ```
 */
export async function openChannelWithAuthorization(
  client: WriteClient,
  parameters: openChannelWithAuthorization.Parameters,
): Promise<openChannelWithAuthorization.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels') } = parameters
  return sendToChannels(client, openChannelWithAuthorizationCall({ ...parameters, channels }))
}

export declare namespace openChannelWithAuthorization {
  type Parameters = {
    /** The payer's ERC-3009 authorization, made by {@link signOpenAuthorization}. */
    authorization: Authorization
    /** The channel. */
    channel: Channel
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Base units to put in; less than 2^96. */
    deposit: bigint
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | openChannelWithAuthorizationCall.ErrorType
    | send.ErrorType<
        typeof channelReverts,
        | 'ChannelsAddressInvalid'
        | 'ChannelsAlreadyOpened'
        | 'ChannelsAmountTooLarge'
        | 'ChannelsAmountZero'
        | 'ChannelsDepositMismatch'
        | 'ChannelsTokenInvalid'
      >
}
