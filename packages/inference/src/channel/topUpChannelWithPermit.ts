import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'
import type { Channel } from './channel.js'
import type { Consent, Permit } from './funding.js'
import type { channelReverts } from './reverts.js'

/**
 * Builds the call that adds to a channel with the payer's ERC-2612 permit, without sending it.
 *
 * @param parameters - {@link topUpChannelWithPermit.Parameters}, with `channels` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { type Channel, type Permit, topUpChannelWithPermitCall } from '@aitoken/inference'
 *
 * export const callOf = (channel: Channel, permit: Permit) =>
 *   topUpChannelWithPermitCall({
 *     amount: 1_000_000n,
 *     channel,
 *     channels: '0x0000000000000000000000000000000000000001',
 *     permit,
 *   })
 * ```
 */
export function topUpChannelWithPermitCall(
  parameters: topUpChannelWithPermitCall.Parameters,
): Call<typeof paymentChannelsAbi, 'topUpWithPermit'> {
  const { amount, channel, channels, consent = { deadline: 0n, signature: '0x' }, permit } = parameters
  return call({
    abi: paymentChannelsAbi,
    args: [channel, amount, permit, consent],
    functionName: 'topUpWithPermit',
    to: channels,
  })
}

export declare namespace topUpChannelWithPermitCall {
  type Parameters = topUpChannelWithPermit.Parameters & {
    /** Contract that holds the channels. */
    channels: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Adds to a channel with the payer's ERC-2612 permit. Somebody else than the payer also brings the payer's consent; it cancels a pending exit.
 *
 * @param client - Client with an account.
 * @param parameters - {@link topUpChannelWithPermit.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link ChannelMissingError} when the channel was never opened.
 * @throws {@link ChannelClosedError} when the channel has ended.
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
 * import { type Channel, type Permit, topUpChannelWithPermit } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, channel: Channel, permit: Permit) =>
 *   topUpChannelWithPermit(client, { amount: 1_000_000n, channel, permit })
 * ```
 */
export async function topUpChannelWithPermit(
  client: WriteClient,
  parameters: topUpChannelWithPermit.Parameters,
): Promise<topUpChannelWithPermit.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels') } = parameters
  return sendToChannels(client, topUpChannelWithPermitCall({ ...parameters, channels }))
}

export declare namespace topUpChannelWithPermit {
  type Parameters = {
    /** Base units to add. */
    amount: bigint
    /** The channel. */
    channel: Channel
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** The payer's consent, made by {@link signTopUpConsent}. @default none, for a payer that sends the call itself */
    consent?: Consent | undefined
    /** The payer's ERC-2612 permit, made by {@link signPermitForChannels}. */
    permit: Permit
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | topUpChannelWithPermitCall.ErrorType
    | send.ErrorType<
        typeof channelReverts,
        | 'ChannelsAmountTooLarge'
        | 'ChannelsAmountZero'
        | 'ChannelsClosed'
        | 'ChannelsDepositMismatch'
        | 'ChannelsInvalidSignature'
        | 'ChannelsPermitFailed'
        | 'ChannelsSignatureExpired'
        | 'ChannelsUnknown'
      >
}
