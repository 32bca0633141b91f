import { addressOf, type ReadClient, read } from '@aitoken/core/internal'
import type { Address, Hex } from 'viem'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import type { ChannelState } from './channel.js'

/**
 * Reads the state of many channels from the chain, in one request.
 *
 * @param client - Client of the contract's chain.
 * @param parameters - {@link getChannels.Parameters}
 * @returns Their states in the same order, amounts in base units; all zero for a channel that never existed.
 * @throws `ContractMissingError` when there is no such contract at the address.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { getChannels } from '@aitoken/inference'
 *
 * export const run = (client: ReadClient, channelIds: readonly `0x${string}`[]) => getChannels(client, { channelIds })
 * ```
 */
export async function getChannels(
  client: ReadClient,
  parameters: getChannels.Parameters,
): Promise<getChannels.ReturnType> {
  const { channelIds, channels = addressOf(client, 'paymentChannels') } = parameters
  return read(client, {
    abi: paymentChannelsAbi,
    address: channels,
    args: [channelIds],
    functionName: 'getChannels',
  })
}

export declare namespace getChannels {
  type Parameters = {
    /** The channels. */
    channelIds: readonly Hex[]
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
  }
  type ReturnType = readonly ChannelState[]
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
