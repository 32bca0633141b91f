import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash, Hex } from 'viem'

import type { Channel } from '../channel/channel.js'
import type { channelReverts } from '../channel/reverts.js'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'
import type { SignatureEngine } from '../signature/engine.js'
import { redeemableSignature } from './redeemableSignature.js'

/**
 * Builds the call that pays the payee what was spent since the last settlement, without sending it.
 *
 * @param parameters - {@link settleChannel.Parameters}, with `channels` and `chainId` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { type Channel, settleChannelCall } from '@aitoken/inference'
 *
 * export const callOf = (channel: Channel, signature: `0x${string}`) =>
 *   settleChannelCall({
 *     capture: 600_000n,
 *     chainId: 8453,
 *     channel,
 *     channels: '0x0000000000000000000000000000000000000001',
 *     cumulativeAmount: 700_000n,
 *     signature,
 *   })
 * ```
 */
export function settleChannelCall(
  parameters: settleChannelCall.Parameters,
): Call<typeof paymentChannelsAbi, 'settle'> {
  const { capture, channel, channels, cumulativeAmount } = parameters
  return call({
    abi: paymentChannelsAbi,
    args: [channel, cumulativeAmount, capture, redeemableSignature(parameters)],
    functionName: 'settle',
    to: channels,
  })
}

export declare namespace settleChannelCall {
  type Parameters = settleChannel.Parameters & {
    /** Chain the voucher was signed for. */
    chainId: number
    /** Contract that holds the channels. */
    channels: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Pays the payee what was spent since the last settlement. Only the payee or its operator may.
 *
 * @param client - Client with an account.
 * @param parameters - {@link settleChannel.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link ChannelMissingError} when the channel was never opened.
 * @throws {@link ChannelClosedError} when the channel has ended.
 * @throws {@link NotPayeeError} when the client's account is neither the payee nor its operator.
 * @throws {@link ChannelSignatureError} when the signature is not by the one who should have signed.
 * @throws {@link CaptureTooLowError} when nothing is left to pay.
 * @throws {@link CaptureAboveAuthorizedError} when more is captured than was signed for.
 * @throws {@link CaptureAboveDepositError} when more is captured than the channel holds.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { type Channel, settleChannel } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, channel: Channel, signature: `0x${string}`) =>
 *   settleChannel(client, { capture: 600_000n, channel, cumulativeAmount: 700_000n, signature })
 * ```
 */
export async function settleChannel(
  client: WriteClient,
  parameters: settleChannel.Parameters,
): Promise<settleChannel.ReturnType> {
  const { chainId = client.chain.id, channels = addressOf(client, 'paymentChannels') } = parameters
  return sendToChannels(client, settleChannelCall({ ...parameters, chainId, channels }))
}

export declare namespace settleChannel {
  type Parameters = {
    /** Total spent since the channel opened, in base units; at most `cumulativeAmount`. */
    capture: bigint
    /** Chain the voucher was signed for. @default the client's */
    chainId?: number | undefined
    /** The channel. */
    channel: Channel
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Total that the voucher authorizes, in base units. */
    cumulativeAmount: bigint
    /** What checks the signature. @default the pure JavaScript engine */
    engine?: SignatureEngine | undefined
    /** The voucher's signature, of 65 bytes (ECDSA) or for the signer's contract (ERC-1271). */
    signature: Hex
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | settleChannelCall.ErrorType
    | send.ErrorType<
        typeof channelReverts,
        | 'ChannelsCaptureAboveAuthorized'
        | 'ChannelsCaptureAboveDeposit'
        | 'ChannelsCaptureTooLow'
        | 'ChannelsClosed'
        | 'ChannelsInvalidSignature'
        | 'ChannelsNotPayee'
        | 'ChannelsUnknown'
      >
}
