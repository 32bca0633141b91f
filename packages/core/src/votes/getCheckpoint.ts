import type { Address } from 'viem'

import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { ReadClient } from '../internal/client.js'
import { read } from '../internal/read.js'

/**
 * Reads when an account's votes changed, and to what.
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link getCheckpoint.Parameters}
 * @returns The second it happened, since 1970, and the votes from then on.
 * @throws {@link ContractMissingError} when there is no token at the address.
 *
 * @example
 * ```ts
 * import { getCheckpoint } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const checkpoint = await getCheckpoint(client, { account: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8', position: 0 })
 * ```
 */
export async function getCheckpoint(
  client: ReadClient,
  parameters: getCheckpoint.Parameters,
): Promise<getCheckpoint.ReturnType> {
  const { account, position, token = addressOf(client, 'aiToken') } = parameters
  const result = await read(client, {
    abi: aiTokenAbi,
    address: token,
    args: [account, position],
    functionName: 'checkpoints',
  })
  return { timepoint: BigInt(result._key), votes: result._value }
}

export declare namespace getCheckpoint {
  type Parameters = {
    /** Whose votes. */
    account: Address
    /** Which checkpoint, from 0 for the oldest. */
    position: number
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = { timepoint: bigint; votes: bigint }
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
