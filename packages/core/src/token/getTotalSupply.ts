import type { Address } from 'viem'

import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { ReadClient } from '../internal/client.js'
import { read } from '../internal/read.js'

/**
 * Reads how many tokens exist (ERC-20 `totalSupply`).
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link getTotalSupply.Parameters}
 * @returns The supply, in base units.
 * @throws {@link ContractMissingError} when there is no token at the address.
 *
 * @example
 * ```ts
 * import { getTotalSupply } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const totalSupply = await getTotalSupply(client)
 * ```
 */
export async function getTotalSupply(
  client: ReadClient,
  parameters: getTotalSupply.Parameters = {},
): Promise<getTotalSupply.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  return read(client, {
    abi: aiTokenAbi,
    address: token,
    args: [],
    functionName: 'totalSupply',
  })
}

export declare namespace getTotalSupply {
  type Parameters = {
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = bigint
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
