import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash, Hex } from 'viem'

import { type Channel, signerOf } from '../channel/channel.js'
import { hashChannel } from '../channel/hashChannel.js'
import type { channelReverts } from '../channel/reverts.js'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'
import type { SignatureEngine } from '../signature/engine.js'
import { restoreParity } from '../signature/restoreParity.js'
import { hashStreamCommit } from './hashStreamCommit.js'
import type { StreamCommit } from './streamCommit.js'

/**
 * Builds the call that pays the payee for the links of a stream, without sending it.
 *
 * @param parameters - {@link settleStream.Parameters}, with `channels` and `chainId` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { type Channel, settleStreamCall, type StreamCommit } from '@aitoken/inference'
 *
 * export const callOf = (
 *   channel: Channel,
 *   commit: Omit<StreamCommit, 'channelId'>,
 *   link: `0x${string}`,
 *   signature: `0x${string}`,
 * ) =>
 *   settleStreamCall({
 *     chainId: 8453,
 *     channel,
 *     channels: '0x0000000000000000000000000000000000000001',
 *     commit,
 *     link,
 *     signature,
 *     steps: 12,
 *   })
 * ```
 */
export function settleStreamCall(
  parameters: settleStreamCall.Parameters,
): Call<typeof paymentChannelsAbi, 'settleStream'> {
  const { chainId, channel, channels, commit, engine, link, signature, steps } = parameters
  const { base, maxSteps, root, unit } = commit
  const channelId = hashChannel({ chainId, channel, channels, engine })
  const digest = hashStreamCommit({ base, chainId, channelId, channels, engine, maxSteps, root, unit })
  const redeemable = restoreParity({ digest, engine, signature, signer: signerOf(channel) })
  return call({
    abi: paymentChannelsAbi,
    args: [channel, { base, maxSteps, root, unit }, redeemable, steps, link],
    functionName: 'settleStream',
    to: channels,
  })
}

export declare namespace settleStreamCall {
  type Parameters = settleStream.Parameters & {
    /** Chain the commitment was signed for. */
    chainId: number
    /** Contract that holds the channels. */
    channels: Address
  }
  type ErrorType = call.ErrorType | hashChannel.ErrorType | hashStreamCommit.ErrorType
}

/**
 * Pays the payee for the links of a hash chain that were revealed, when the payer left without a voucher. Only the
 * payee or its operator may.
 *
 * @param client - Client with an account.
 * @param parameters - {@link settleStream.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link StreamPreimageError} when the link does not lead to the root in as many steps.
 * @throws {@link StreamStepsError} when the steps are zero or beyond the commitment.
 * @throws {@link ChannelSignatureError} when somebody else signed the commitment.
 * @throws {@link CaptureTooLowError} when nothing is left to pay.
 * @throws {@link CaptureAboveDepositError} when the channel holds less.
 * @throws {@link ChannelMissingError} when the channel was never opened.
 * @throws {@link ChannelClosedError} when the channel has ended.
 * @throws {@link NotPayeeError} when the client's account is neither the payee nor its operator.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { type Channel, settleStream, type StreamCommit, type StreamVerifier } from '@aitoken/inference'
 *
 * export const run = (
 *   client: WriteClient,
 *   channel: Channel,
 *   commit: StreamCommit,
 *   verifier: StreamVerifier,
 *   signature: `0x${string}`,
 * ) => settleStream(client, { channel, commit, link: verifier.link, signature, steps: verifier.steps })
 * ```
 */
export async function settleStream(
  client: WriteClient,
  parameters: settleStream.Parameters,
): Promise<settleStream.ReturnType> {
  const { chainId = client.chain.id, channels = addressOf(client, 'paymentChannels') } = parameters
  return sendToChannels(client, settleStreamCall({ ...parameters, chainId, channels }))
}

export declare namespace settleStream {
  type Parameters = {
    /** Chain the commitment was signed for. @default the client's */
    chainId?: number | undefined
    /** The channel. */
    channel: Channel
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** What the payer committed to, amounts in base units. */
    commit: Omit<StreamCommit, 'channelId'>
    /** What checks the signature. @default the pure JavaScript engine */
    engine?: SignatureEngine | undefined
    /** The last revealed link, 32 bytes. */
    link: Hex
    /** The commitment's signature, of 65 bytes. */
    signature: Hex
    /** Number of links that were revealed. */
    steps: number
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | send.ErrorType<
        typeof channelReverts,
        | 'ChannelsCaptureAboveDeposit'
        | 'ChannelsCaptureTooLow'
        | 'ChannelsClosed'
        | 'ChannelsInvalidSignature'
        | 'ChannelsNotPayee'
        | 'ChannelsPreimageInvalid'
        | 'ChannelsStepsInvalid'
        | 'ChannelsUnknown'
      >
    | settleStreamCall.ErrorType
}
