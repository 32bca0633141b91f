import type { Address } from 'viem'

import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { ReadClient } from '../internal/client.js'
import { read } from '../internal/read.js'

/**
 * Reads which access manager decides who may mint and set bridge limits.
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link getAuthority.Parameters}
 * @returns Address of the access manager.
 * @throws {@link ContractMissingError} when there is no token at the address.
 *
 * @example
 * ```ts
 * import { getAuthority } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const authority = await getAuthority(client)
 * ```
 */
export async function getAuthority(
  client: ReadClient,
  parameters: getAuthority.Parameters = {},
): Promise<getAuthority.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  return read(client, {
    abi: aiTokenAbi,
    address: token,
    args: [],
    functionName: 'authority',
  })
}

export declare namespace getAuthority {
  type Parameters = {
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = Address
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
