import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash, Hex } from 'viem'

import type { Channel } from '../channel/channel.js'
import type { channelReverts } from '../channel/reverts.js'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'

/**
 * Builds the call that opens a channel from the payer's vault with the account's session key, without sending it.
 *
 * @param parameters - {@link openChannelWithSession.Parameters}, with `channels` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { type Channel, openChannelWithSessionCall } from '@aitoken/inference'
 *
 * export const callOf = (channel: Channel) =>
 *   openChannelWithSessionCall({
 *     channel,
 *     channels: '0x0000000000000000000000000000000000000001',
 *     deposit: 1_000_000n,
 *   })
 * ```
 */
export function openChannelWithSessionCall(
  parameters: openChannelWithSessionCall.Parameters,
): Call<typeof paymentChannelsAbi, 'openFromVaultWithSession'> {
  const { channel, channels, deposit, proof = [] } = parameters
  return call({
    abi: paymentChannelsAbi,
    args: [channel, deposit, proof],
    functionName: 'openFromVaultWithSession',
    to: channels,
  })
}

export declare namespace openChannelWithSessionCall {
  type Parameters = openChannelWithSession.Parameters & {
    /** Contract that holds the channels. */
    channels: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Opens a channel from the payer's vault with the account's session key.
 *
 * @param client - Client with an account.
 * @param parameters - {@link openChannelWithSession.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link ChannelExistsError} when a channel with the same descriptor was opened before.
 * @throws {@link AddressRoleError} when `payee` is the zero address.
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
 * import { type Channel, openChannelWithSession } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, channel: Channel) =>
 *   openChannelWithSession(client, { channel, deposit: 1_000_000n })
 * ```
 */
export async function openChannelWithSession(
  client: WriteClient,
  parameters: openChannelWithSession.Parameters,
): Promise<openChannelWithSession.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels') } = parameters
  return sendToChannels(client, openChannelWithSessionCall({ ...parameters, channels }))
}

export declare namespace openChannelWithSession {
  type Parameters = {
    /** The channel. */
    channel: Channel
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Base units to put in; less than 2^96. */
    deposit: bigint
    /** Merkle proof of the payee. @default none, for sessions that may pay anyone */
    proof?: readonly Hex[] | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | openChannelWithSessionCall.ErrorType
    | send.ErrorType<
        typeof channelReverts,
        | 'ChannelsAddressInvalid'
        | 'ChannelsAlreadyOpened'
        | 'ChannelsAmountTooLarge'
        | 'ChannelsAmountZero'
        | 'ChannelsSessionCapExceeded'
        | 'ChannelsSessionExpired'
        | 'ChannelsSessionPayeeNotAllowed'
        | 'ChannelsSessionUnknown'
        | 'ChannelsVaultInsufficient'
      >
}
