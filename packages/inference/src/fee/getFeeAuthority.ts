import { addressOf, type ReadClient, read } from '@aitoken/core/internal'
import type { Address } from 'viem'

import { paymentChannelsAbi } from '../generated/paymentChannels.js'

/**
 * Reads which access manager decides who may set the protocol fee.
 *
 * @param client - Client of the contract's chain.
 * @param parameters - {@link getFeeAuthority.Parameters}
 * @returns The access manager.
 * @throws `ContractMissingError` when there is no such contract at the address.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { getFeeAuthority } from '@aitoken/inference'
 *
 * export const run = (client: ReadClient) => getFeeAuthority(client)
 * ```
 */
export async function getFeeAuthority(
  client: ReadClient,
  parameters: getFeeAuthority.Parameters = {},
): Promise<getFeeAuthority.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels') } = parameters
  return read(client, {
    abi: paymentChannelsAbi,
    address: channels,
    args: [],
    functionName: 'authority',
  })
}

export declare namespace getFeeAuthority {
  type Parameters = {
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
  }
  type ReturnType = Address
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
