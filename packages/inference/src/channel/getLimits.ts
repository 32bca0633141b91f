import { addressOf, type ReadClient, read } from '@aitoken/core/internal'
import type { Address } from 'viem'

import { paymentChannelsAbi } from '../generated/paymentChannels.js'

/**
 * Reads the limits that are written into the contract and never change.
 *
 * @param client - Client of the contract's chain.
 * @param parameters - {@link getLimits.Parameters}
 * @returns The limits, times in seconds.
 * @throws `ContractMissingError` when there is no such contract at the address.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { getLimits } from '@aitoken/inference'
 *
 * export const run = (client: ReadClient) => getLimits(client)
 * ```
 */
export async function getLimits(
  client: ReadClient,
  parameters: getLimits.Parameters = {},
): Promise<getLimits.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels') } = parameters
  const limit = (functionName: 'GRACE_PERIOD' | 'MAX_FEE' | 'MAX_STREAM_STEPS') =>
    read(client, { abi: paymentChannelsAbi, address: channels, args: [], functionName })
  const [gracePeriod, maxFeeBps, maxStreamSteps] = await Promise.all([
    limit('GRACE_PERIOD'),
    limit('MAX_FEE'),
    limit('MAX_STREAM_STEPS'),
  ])
  return {
    gracePeriod: Number(gracePeriod),
    maxFeeBps: Number(maxFeeBps),
    maxStreamSteps: Number(maxStreamSteps),
  }
}

export declare namespace getLimits {
  type Parameters = {
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
  }
  type ReturnType = {
    /** Seconds that a payee has to settle after the payer announced the exit. */
    gracePeriod: number
    /** Highest protocol fee, in basis points. */
    maxFeeBps: number
    /** Longest hash chain that a stream may commit to. */
    maxStreamSteps: number
  }
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
