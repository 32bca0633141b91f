import { addressOf, type ReadClient, read } from '@aitoken/core/internal'
import type { Address } from 'viem'

import { paymentChannelsAbi } from '../generated/paymentChannels.js'

/**
 * Reads the protocol fee of channels that are opened now.
 *
 * @param client - Client of the contract's chain.
 * @param parameters - {@link getFee.Parameters}
 * @returns The fee and who collects it.
 * @throws `ContractMissingError` when there is no such contract at the address.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { getFee } from '@aitoken/inference'
 *
 * export const run = (client: ReadClient) => getFee(client)
 * ```
 */
export async function getFee(
  client: ReadClient,
  parameters: getFee.Parameters = {},
): Promise<getFee.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels') } = parameters
  const [bps, recipient] = await read(client, {
    abi: paymentChannelsAbi,
    address: channels,
    args: [],
    functionName: 'fee',
  })
  return { bps, recipient }
}

export declare namespace getFee {
  type Parameters = {
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
  }
  type ReturnType = {
    /** Fee in basis points of what payees capture. */
    bps: number
    /** Whose vault collects fees; the zero address when no fee is taken. */
    recipient: Address
  }
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
