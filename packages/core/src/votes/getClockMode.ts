import type { Address } from 'viem'

import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { ReadClient } from '../internal/client.js'
import { read } from '../internal/read.js'

/**
 * Reads what the clock of the votes counts (ERC-6372 `CLOCK_MODE`).
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link getClockMode.Parameters}
 * @returns "mode=timestamp" for AIToken.
 * @throws {@link ContractMissingError} when there is no token at the address.
 *
 * @example
 * ```ts
 * import { getClockMode } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const clockMode = await getClockMode(client)
 * ```
 */
export async function getClockMode(
  client: ReadClient,
  parameters: getClockMode.Parameters = {},
): Promise<getClockMode.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  return read(client, {
    abi: aiTokenAbi,
    address: token,
    args: [],
    functionName: 'CLOCK_MODE',
  })
}

export declare namespace getClockMode {
  type Parameters = {
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = string
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
