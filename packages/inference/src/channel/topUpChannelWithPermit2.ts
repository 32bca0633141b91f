import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'
import type { Channel } from './channel.js'
import type { Permit2Transfer } from './funding.js'
import type { channelReverts } from './reverts.js'

/**
 * Builds the call that adds to a channel with the payer's Permit2 transfer, without sending it.
 *
 * @param parameters - {@link topUpChannelWithPermit2.Parameters}, with `channels` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { type Channel, type Permit2Transfer, topUpChannelWithPermit2Call } from '@aitoken/inference'
 *
 * export const callOf = (channel: Channel, transfer: Permit2Transfer) =>
 *   topUpChannelWithPermit2Call({
 *     amount: 1_000_000n,
 *     channel,
 *     channels: '0x0000000000000000000000000000000000000001',
 *     transfer,
 *   })
 * ```
 */
export function topUpChannelWithPermit2Call(
  parameters: topUpChannelWithPermit2Call.Parameters,
): Call<typeof paymentChannelsAbi, 'topUpWithPermit2'> {
  const { amount, channel, channels, transfer } = parameters
  return call({
    abi: paymentChannelsAbi,
    args: [channel, amount, transfer],
    functionName: 'topUpWithPermit2',
    to: channels,
  })
}

export declare namespace topUpChannelWithPermit2Call {
  type Parameters = topUpChannelWithPermit2.Parameters & {
    /** Contract that holds the channels. */
    channels: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Adds to a channel with the payer's Permit2 transfer. Anybody may send it; it cancels a pending exit.
 *
 * @param client - Client with an account.
 * @param parameters - {@link topUpChannelWithPermit2.Parameters}
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
 * import { type Channel, type Permit2Transfer, topUpChannelWithPermit2 } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, channel: Channel, transfer: Permit2Transfer) =>
 *   topUpChannelWithPermit2(client, { amount: 1_000_000n, channel, transfer })
 * ```
 */
export async function topUpChannelWithPermit2(
  client: WriteClient,
  parameters: topUpChannelWithPermit2.Parameters,
): Promise<topUpChannelWithPermit2.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels') } = parameters
  return sendToChannels(client, topUpChannelWithPermit2Call({ ...parameters, channels }))
}

export declare namespace topUpChannelWithPermit2 {
  type Parameters = {
    /** Base units to add; exactly what the transfer permits. */
    amount: bigint
    /** The channel. */
    channel: Channel
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** The payer's Permit2 transfer, made by {@link signTopUpPermit2}. */
    transfer: Permit2Transfer
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | topUpChannelWithPermit2Call.ErrorType
    | send.ErrorType<
        typeof channelReverts,
        | 'ChannelsAmountTooLarge'
        | 'ChannelsAmountZero'
        | 'ChannelsClosed'
        | 'ChannelsDepositMismatch'
        | 'ChannelsUnknown'
      >
}
