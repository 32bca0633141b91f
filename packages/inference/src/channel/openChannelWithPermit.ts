import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'
import type { Channel } from './channel.js'
import type { Consent, Permit } from './funding.js'
import type { channelReverts } from './reverts.js'

/**
 * Builds the call that opens a channel with the payer's ERC-2612 permit, without sending it.
 *
 * @param parameters - {@link openChannelWithPermit.Parameters}, with `channels` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { type Channel, type Permit, openChannelWithPermitCall } from '@aitoken/inference'
 *
 * export const callOf = (channel: Channel, permit: Permit) =>
 *   openChannelWithPermitCall({
 *     channel,
 *     channels: '0x0000000000000000000000000000000000000001',
 *     deposit: 1_000_000n,
 *     permit,
 *   })
 * ```
 */
export function openChannelWithPermitCall(
  parameters: openChannelWithPermitCall.Parameters,
): Call<typeof paymentChannelsAbi, 'openWithPermit'> {
  const { channel, channels, consent = { deadline: 0n, signature: '0x' }, deposit, permit } = parameters
  return call({
    abi: paymentChannelsAbi,
    args: [channel, deposit, permit, consent],
    functionName: 'openWithPermit',
    to: channels,
  })
}

export declare namespace openChannelWithPermitCall {
  type Parameters = openChannelWithPermit.Parameters & {
    /** Contract that holds the channels. */
    channels: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Opens a channel with the payer's ERC-2612 permit. Somebody else than the payer also brings the payer's consent.
 *
 * @param client - Client with an account.
 * @param parameters - {@link openChannelWithPermit.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link ChannelExistsError} when a channel with the same descriptor was opened before.
 * @throws {@link AddressRoleError} when `payee` is the zero address.
 * @throws {@link TokenMissingError} when there is no token at the address.
 * @throws {@link AmountZeroError} when the amount is zero.
 * @throws {@link AmountTooLargeError} when the deposit does not fit into 96 bits.
 * @throws {@link DepositMismatchError} when the token takes a fee on transfer.
 * @throws {@link PermitFailedError} when the permit fails and the allowance is too small.
 * @throws {@link ChannelSignatureError} when the signature is not by the one who should have signed.
 * @throws {@link ConsentExpiredError} when the signed deadline has passed.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { type Channel, type Permit, openChannelWithPermit } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, channel: Channel, permit: Permit) =>
 *   openChannelWithPermit(client, { channel, deposit: 1_000_000n, permit })
 * ```
 */
export async function openChannelWithPermit(
  client: WriteClient,
  parameters: openChannelWithPermit.Parameters,
): Promise<openChannelWithPermit.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels') } = parameters
  return sendToChannels(client, openChannelWithPermitCall({ ...parameters, channels }))
}

export declare namespace openChannelWithPermit {
  type Parameters = {
    /** The channel. */
    channel: Channel
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** The payer's consent, made by {@link signOpenConsent}. @default none, for a payer that sends the call itself */
    consent?: Consent | undefined
    /** Base units to put in; less than 2^96. */
    deposit: bigint
    /** The payer's ERC-2612 permit, made by {@link signPermitForChannels}. */
    permit: Permit
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | openChannelWithPermitCall.ErrorType
    | send.ErrorType<
        typeof channelReverts,
        | 'ChannelsAddressInvalid'
        | 'ChannelsAlreadyOpened'
        | 'ChannelsAmountTooLarge'
        | 'ChannelsAmountZero'
        | 'ChannelsDepositMismatch'
        | 'ChannelsInvalidSignature'
        | 'ChannelsPermitFailed'
        | 'ChannelsSignatureExpired'
        | 'ChannelsTokenInvalid'
      >
}
