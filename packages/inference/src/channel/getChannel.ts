import { addressOf, type ReadClient, read } from '@aitoken/core/internal'
import type { Address, Hex } from 'viem'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import type { ChannelState } from './channel.js'

/**
 * Reads a channel's state from the chain.
 *
 * @param client - Client of the contract's chain.
 * @param parameters - {@link getChannel.Parameters}
 * @returns The state, amounts in base units; all zero when the channel never existed.
 * @throws `ContractMissingError` when there is no such contract at the address.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { getChannel } from '@aitoken/inference'
 *
 * export const run = (client: ReadClient, channelId: `0x${string}`) => getChannel(client, { channelId })
 * ```
 */
export async function getChannel(
  client: ReadClient,
  parameters: getChannel.Parameters,
): Promise<getChannel.ReturnType> {
  const { channelId, channels = addressOf(client, 'paymentChannels') } = parameters
  return read(client, {
    abi: paymentChannelsAbi,
    address: channels,
    args: [channelId],
    functionName: 'getChannel',
  })
}

export declare namespace getChannel {
  type Parameters = {
    /** The channel. */
    channelId: Hex
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
  }
  type ReturnType = ChannelState
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
