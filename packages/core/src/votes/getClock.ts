import type { Address } from 'viem'

import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { ReadClient } from '../internal/client.js'
import { read } from '../internal/read.js'

/**
 * Reads the time that votes are counted by (ERC-6372).
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link getClock.Parameters}
 * @returns Seconds since 1970.
 * @throws {@link ContractMissingError} when there is no token at the address.
 *
 * @example
 * ```ts
 * import { getClock } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const clock = await getClock(client)
 * ```
 */
export async function getClock(
  client: ReadClient,
  parameters: getClock.Parameters = {},
): Promise<getClock.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  const result = await read(client, {
    abi: aiTokenAbi,
    address: token,
    args: [],
    functionName: 'clock',
  })
  return BigInt(result)
}

export declare namespace getClock {
  type Parameters = {
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = bigint
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
