import type { Address } from 'viem'

import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { ReadClient } from '../internal/client.js'
import { read } from '../internal/read.js'

/**
 * Reads how many tokens may exist at most on this chain.
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link getCap.Parameters}
 * @returns The cap, in base units.
 * @throws {@link ContractMissingError} when there is no token at the address.
 *
 * @example
 * ```ts
 * import { getCap } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const cap = await getCap(client)
 * ```
 */
export async function getCap(
  client: ReadClient,
  parameters: getCap.Parameters = {},
): Promise<getCap.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  return read(client, {
    abi: aiTokenAbi,
    address: token,
    args: [],
    functionName: 'cap',
  })
}

export declare namespace getCap {
  type Parameters = {
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = bigint
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
