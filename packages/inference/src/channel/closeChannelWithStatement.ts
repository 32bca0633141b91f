import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash, Hex } from 'viem'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'
import { redeemableSignature } from '../settlement/redeemableSignature.js'
import type { SignatureEngine } from '../signature/engine.js'
import type { Channel } from './channel.js'
import type { channelReverts } from './reverts.js'

/**
 * Builds the call that ends a channel at once with the payee's final statement, without sending it.
 *
 * @param parameters - {@link closeChannelWithStatement.Parameters}, with `channels` and `chainId` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { type Channel, closeChannelWithStatementCall } from '@aitoken/inference'
 *
 * export const callOf = (channel: Channel, signature: `0x${string}`) =>
 *   closeChannelWithStatementCall({
 *     chainId: 8453,
 *     channel,
 *     channels: '0x0000000000000000000000000000000000000001',
 *     deadline: 1_900_000_000n,
 *     payeeSignature: signature,
 *     spent: 600_000n,
 *   })
 * ```
 */
export function closeChannelWithStatementCall(
  parameters: closeChannelWithStatementCall.Parameters,
): Call<typeof paymentChannelsAbi, 'closeWithStatement'> {
  const { channel, channels, cumulativeAmount = 0n, deadline, payeeSignature, spent } = parameters
  return call({
    abi: paymentChannelsAbi,
    args: [channel, spent, deadline, payeeSignature, cumulativeAmount, redeemableSignature(parameters)],
    functionName: 'closeWithStatement',
    to: channels,
  })
}

export declare namespace closeChannelWithStatementCall {
  type Parameters = closeChannelWithStatement.Parameters & {
    /** Chain the voucher was signed for. */
    chainId: number
    /** Contract that holds the channels. */
    channels: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Ends a channel at once with the payee's final statement. Anybody may; a statement of more than was settled also takes a voucher, or the payer as sender.
 *
 * @param client - Client with an account.
 * @param parameters - {@link closeChannelWithStatement.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link ChannelMissingError} when the channel was never opened.
 * @throws {@link ChannelClosedError} when the channel has ended.
 * @throws {@link ChannelSignatureError} when the signature is not by the one who should have signed.
 * @throws {@link ConsentExpiredError} when the signed deadline has passed.
 * @throws {@link CaptureTooLowError} when nothing is left to pay.
 * @throws {@link CaptureAboveAuthorizedError} when more is captured than was signed for.
 * @throws {@link CaptureAboveDepositError} when more is captured than the channel holds.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { type Channel, closeChannelWithStatement } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, channel: Channel, signature: `0x${string}`) =>
 *   closeChannelWithStatement(client, {
 *     channel,
 *     deadline: 1_900_000_000n,
 *     payeeSignature: signature,
 *     spent: 600_000n,
 *   })
 * ```
 */
export async function closeChannelWithStatement(
  client: WriteClient,
  parameters: closeChannelWithStatement.Parameters,
): Promise<closeChannelWithStatement.ReturnType> {
  const { chainId = client.chain.id, channels = addressOf(client, 'paymentChannels') } = parameters
  return sendToChannels(client, closeChannelWithStatementCall({ ...parameters, chainId, channels }))
}

export declare namespace closeChannelWithStatement {
  type Parameters = {
    /** Chain the voucher was signed for. @default the client's */
    chainId?: number | undefined
    /** The channel. */
    channel: Channel
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Total that the voucher authorizes, in base units. @default 0n */
    cumulativeAmount?: bigint | undefined
    /** Unix time until which the statement is valid, in seconds. */
    deadline: bigint
    /** What checks the signature. @default the pure JavaScript engine */
    engine?: SignatureEngine | undefined
    /** The statement's signature, made by {@link signStatement}. */
    payeeSignature: Hex
    /** The voucher's signature. @default none, which suffices when the payer sends it or all was settled */
    signature?: Hex | undefined
    /** Total spent since the channel opened, in base units. */
    spent: bigint
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | closeChannelWithStatementCall.ErrorType
    | send.ErrorType<
        typeof channelReverts,
        | 'ChannelsCaptureAboveAuthorized'
        | 'ChannelsCaptureAboveDeposit'
        | 'ChannelsCaptureTooLow'
        | 'ChannelsClosed'
        | 'ChannelsInvalidSignature'
        | 'ChannelsSignatureExpired'
        | 'ChannelsUnknown'
      >
}
