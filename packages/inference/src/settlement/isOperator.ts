import { addressOf, type ReadClient, read } from '@aitoken/core/internal'
import type { Address } from 'viem'

import { paymentChannelsAbi } from '../generated/paymentChannels.js'

/**
 * Reads whether an operator acts for a payee.
 *
 * @param client - Client of the contract's chain.
 * @param parameters - {@link isOperator.Parameters}
 * @returns Whether it may settle and close.
 * @throws `ContractMissingError` when there is no such contract at the address.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { isOperator } from '@aitoken/inference'
 *
 * export const run = (client: ReadClient, payee: `0x${string}`, operator: `0x${string}`) => isOperator(client, { operator, payee })
 * ```
 */
export async function isOperator(
  client: ReadClient,
  parameters: isOperator.Parameters,
): Promise<isOperator.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels'), operator, payee } = parameters
  return read(client, {
    abi: paymentChannelsAbi,
    address: channels,
    args: [payee, operator],
    functionName: 'isOperator',
  })
}

export declare namespace isOperator {
  type Parameters = {
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** The operator. */
    operator: Address
    /** The payee. */
    payee: Address
  }
  type ReturnType = boolean
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
