import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash, Hex } from 'viem'

import type { Channel } from '../channel/channel.js'
import type { channelReverts } from '../channel/reverts.js'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'

/**
 * Builds the call that opens a channel from the payer's vault with the payer's or a session key's signature, without sending it.
 *
 * @param parameters - {@link openChannelWithSignature.Parameters}, with `channels` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { type Channel, openChannelWithSignatureCall } from '@aitoken/inference'
 *
 * export const callOf = (channel: Channel, signature: `0x${string}`) =>
 *   openChannelWithSignatureCall({
 *     channel,
 *     channels: '0x0000000000000000000000000000000000000001',
 *     deadline: 1_900_000_000n,
 *     deposit: 1_000_000n,
 *     signature,
 *     signer: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   })
 * ```
 */
export function openChannelWithSignatureCall(
  parameters: openChannelWithSignatureCall.Parameters,
): Call<typeof paymentChannelsAbi, 'openFromVaultWithSignature'> {
  const { channel, channels, deadline, deposit, proof = [], signature, signer } = parameters
  return call({
    abi: paymentChannelsAbi,
    args: [channel, deposit, signer, deadline, signature, proof],
    functionName: 'openFromVaultWithSignature',
    to: channels,
  })
}

export declare namespace openChannelWithSignatureCall {
  type Parameters = openChannelWithSignature.Parameters & {
    /** Contract that holds the channels. */
    channels: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Opens a channel from the payer's vault with the payer's or a session key's signature. Anybody may send it.
 *
 * @param client - Client with an account.
 * @param parameters - {@link openChannelWithSignature.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link ChannelExistsError} when a channel with the same descriptor was opened before.
 * @throws {@link AddressRoleError} when `payee` is the zero address.
 * @throws {@link AmountZeroError} when the amount is zero.
 * @throws {@link AmountTooLargeError} when the deposit does not fit into 96 bits.
 * @throws {@link VaultInsufficientError} when the vault does not hold enough.
 * @throws {@link ChannelSignatureError} when the signature is not by the one who should have signed.
 * @throws {@link ConsentExpiredError} when the signed deadline has passed.
 * @throws {@link SessionUnknownError} when the key has no session.
 * @throws {@link SessionExpiredError} when the session is over.
 * @throws {@link SessionCapError} when less is left of the budget.
 * @throws {@link SessionPayeeError} when the key may not pay the payee.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { type Channel, openChannelWithSignature } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, channel: Channel, signature: `0x${string}`) =>
 *   openChannelWithSignature(client, {
 *     channel,
 *     deadline: 1_900_000_000n,
 *     deposit: 1_000_000n,
 *     signature,
 *     signer: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   })
 * ```
 */
export async function openChannelWithSignature(
  client: WriteClient,
  parameters: openChannelWithSignature.Parameters,
): Promise<openChannelWithSignature.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels') } = parameters
  return sendToChannels(client, openChannelWithSignatureCall({ ...parameters, channels }))
}

export declare namespace openChannelWithSignature {
  type Parameters = {
    /** The channel. */
    channel: Channel
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Unix time until which the signature is valid, in seconds. */
    deadline: bigint
    /** Base units to put in; less than 2^96. */
    deposit: bigint
    /** Merkle proof of the payee. @default none, for sessions that may pay anyone */
    proof?: readonly Hex[] | undefined
    /** The signature, made by {@link signOpenFromVault}. */
    signature: Hex
    /** Who signed: the payer, or a session key of the payer. */
    signer: Address
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | openChannelWithSignatureCall.ErrorType
    | send.ErrorType<
        typeof channelReverts,
        | 'ChannelsAddressInvalid'
        | 'ChannelsAlreadyOpened'
        | 'ChannelsAmountTooLarge'
        | 'ChannelsAmountZero'
        | 'ChannelsInvalidSignature'
        | 'ChannelsSessionCapExceeded'
        | 'ChannelsSessionExpired'
        | 'ChannelsSessionPayeeNotAllowed'
        | 'ChannelsSessionUnknown'
        | 'ChannelsSignatureExpired'
        | 'ChannelsVaultInsufficient'
      >
}
