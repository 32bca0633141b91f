import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'
import type { Channel } from './channel.js'
import type { Permit2Transfer } from './funding.js'
import type { channelReverts } from './reverts.js'

/**
 * Builds the call that opens a channel with the payer's Permit2 transfer, without sending it.
 *
 * @param parameters - {@link openChannelWithPermit2.Parameters}, with `channels` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { type Channel, type Permit2Transfer, openChannelWithPermit2Call } from '@aitoken/inference'
 *
 * export const callOf = (channel: Channel, transfer: Permit2Transfer) =>
 *   openChannelWithPermit2Call({
 *     channel,
 *     channels: '0x0000000000000000000000000000000000000001',
 *     deposit: 1_000_000n,
 *     transfer,
 *   })
 * ```
 */
export function openChannelWithPermit2Call(
  parameters: openChannelWithPermit2Call.Parameters,
): Call<typeof paymentChannelsAbi, 'openWithPermit2'> {
  const { channel, channels, deposit, transfer } = parameters
  return call({
    abi: paymentChannelsAbi,
    args: [channel, deposit, transfer],
    functionName: 'openWithPermit2',
    to: channels,
  })
}

export declare namespace openChannelWithPermit2Call {
  type Parameters = openChannelWithPermit2.Parameters & {
    /** Contract that holds the channels. */
    channels: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Opens a channel with the payer's Permit2 transfer. Anybody may send it: the transfer's witness names the channel.
 *
 * @param client - Client with an account.
 * @param parameters - {@link openChannelWithPermit2.Parameters}
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
 * import { type Channel, type Permit2Transfer, openChannelWithPermit2 } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, channel: Channel, transfer: Permit2Transfer) =>
 *   openChannelWithPermit2(client, { channel, deposit: 1_000_000n, transfer })
 * ```
 */
export async function openChannelWithPermit2(
  client: WriteClient,
  parameters: openChannelWithPermit2.Parameters,
): Promise<openChannelWithPermit2.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels') } = parameters
  return sendToChannels(client, openChannelWithPermit2Call({ ...parameters, channels }))
}

export declare namespace openChannelWithPermit2 {
  type Parameters = {
    /** The channel. */
    channel: Channel
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Base units to put in; less than 2^96. */
    deposit: bigint
    /** The payer's Permit2 transfer, made by {@link signOpenPermit2}. */
    transfer: Permit2Transfer
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | openChannelWithPermit2Call.ErrorType
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
