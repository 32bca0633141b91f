import type { Address } from 'viem'

import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { ReadClient } from '../internal/client.js'
import { read } from '../internal/read.js'

/**
 * Reads how often an account's votes changed, counting changes within one second once.
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link getCheckpointCount.Parameters}
 * @returns The number of checkpoints.
 * @throws {@link ContractMissingError} when there is no token at the address.
 *
 * @example
 * ```ts
 * import { getCheckpointCount } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const checkpointCount = await getCheckpointCount(client, { account: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' })
 * ```
 */
export async function getCheckpointCount(
  client: ReadClient,
  parameters: getCheckpointCount.Parameters,
): Promise<getCheckpointCount.ReturnType> {
  const { account, token = addressOf(client, 'aiToken') } = parameters
  return read(client, {
    abi: aiTokenAbi,
    address: token,
    args: [account],
    functionName: 'numCheckpoints',
  })
}

export declare namespace getCheckpointCount {
  type Parameters = {
    /** Whose votes. */
    account: Address
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = number
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
