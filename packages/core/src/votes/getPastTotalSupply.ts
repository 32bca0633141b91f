import type { Address } from 'viem'

import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { ReadClient } from '../internal/client.js'
import { read } from '../internal/read.js'
import { tokenReverts } from '../token/reverts.js'

/**
 * Reads how many votes could have existed at the end of a past second: the supply, delegated or not (ERC-5805).
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link getPastTotalSupply.Parameters}
 * @returns The supply, in base units.
 * @throws {@link FutureLookupError} when `timepoint` has not passed yet.
 * @throws {@link ContractMissingError} when there is no token at the address.
 *
 * @example
 * ```ts
 * import { getPastTotalSupply } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const pastTotalSupply = await getPastTotalSupply(client, { timepoint: 1_750_000_000n })
 * ```
 */
export async function getPastTotalSupply(
  client: ReadClient,
  parameters: getPastTotalSupply.Parameters,
): Promise<getPastTotalSupply.ReturnType> {
  const { timepoint, token = addressOf(client, 'aiToken') } = parameters
  return read(client, {
    abi: aiTokenAbi,
    address: token,
    args: [timepoint],
    functionName: 'getPastTotalSupply',
    reverts: tokenReverts,
  })
}

export declare namespace getPastTotalSupply {
  type Parameters = {
    /** When, in seconds since 1970; it must have passed. */
    timepoint: bigint
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = bigint
  type ErrorType = addressOf.ErrorType | read.ErrorType<typeof tokenReverts, 'ERC5805FutureLookup'>
}
