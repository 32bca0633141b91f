import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash, Hex } from 'viem'

import type { Channel } from '../channel/channel.js'
import type { channelReverts } from '../channel/reverts.js'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'

/**
 * Builds the call that adds to a channel from the payer's vault with the account's session key, without sending it.
 *
 * @param parameters - {@link topUpChannelWithSession.Parameters}, with `channels` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { type Channel, topUpChannelWithSessionCall } from '@aitoken/inference'
 *
 * export const callOf = (channel: Channel) =>
 *   topUpChannelWithSessionCall({
 *     amount: 1_000_000n,
 *     channel,
 *     channels: '0x0000000000000000000000000000000000000001',
 *   })
 * ```
 */
export function topUpChannelWithSessionCall(
  parameters: topUpChannelWithSessionCall.Parameters,
): Call<typeof paymentChannelsAbi, 'topUpFromVaultWithSession'> {
  const { amount, channel, channels, proof = [] } = parameters
  return call({
    abi: paymentChannelsAbi,
    args: [channel, amount, proof],
    functionName: 'topUpFromVaultWithSession',
    to: channels,
  })
}

export declare namespace topUpChannelWithSessionCall {
  type Parameters = topUpChannelWithSession.Parameters & {
    /** Contract that holds the channels. */
    channels: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Adds to a channel from the payer's vault with the account's session key. A session key cannot cancel the payer's exit.
 *
 * @param client - Client with an account.
 * @param parameters - {@link topUpChannelWithSession.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link ChannelMissingError} when the channel was never opened.
 * @throws {@link ChannelClosedError} when the channel has ended.
 * @throws {@link ChannelClosingError} when the payer's exit is pending.
 * @throws {@link AmountZeroError} when the amount is zero.
 * @throws {@link AmountTooLargeError} when the deposit does not fit into 96 bits.
 * @throws {@link VaultInsufficientError} when the vault does not hold enough.
 * @throws {@link SessionUnknownError} when the key has no session.
 * @throws {@link SessionExpiredError} when the session is over.
 * @throws {@link SessionCapError} when less is left of the budget.
 * @throws {@link SessionPayeeError} when the key may not pay the payee.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { type Channel, topUpChannelWithSession } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, channel: Channel) =>
 *   topUpChannelWithSession(client, { amount: 1_000_000n, channel })
 * ```
 */
export async function topUpChannelWithSession(
  client: WriteClient,
  parameters: topUpChannelWithSession.Parameters,
): Promise<topUpChannelWithSession.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels') } = parameters
  return sendToChannels(client, topUpChannelWithSessionCall({ ...parameters, channels }))
}

export declare namespace topUpChannelWithSession {
  type Parameters = {
    /** Base units to add. */
    amount: bigint
    /** The channel. */
    channel: Channel
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Merkle proof of the payee. @default none, for sessions that may pay anyone */
    proof?: readonly Hex[] | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | topUpChannelWithSessionCall.ErrorType
    | send.ErrorType<
        typeof channelReverts,
        | 'ChannelsAmountTooLarge'
        | 'ChannelsAmountZero'
        | 'ChannelsClosed'
        | 'ChannelsClosing'
        | 'ChannelsSessionCapExceeded'
        | 'ChannelsSessionExpired'
        | 'ChannelsSessionPayeeNotAllowed'
        | 'ChannelsSessionUnknown'
        | 'ChannelsUnknown'
        | 'ChannelsVaultInsufficient'
      >
}
