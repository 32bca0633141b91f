import type { Address } from 'viem'

import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { ReadClient } from '../internal/client.js'
import { read } from '../internal/read.js'
import { tokenReverts } from '../token/reverts.js'

/**
 * Reads how many votes an account had at the end of a past second (ERC-5805).
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link getPastVotes.Parameters}
 * @returns The votes, in base units of the token.
 * @throws {@link FutureLookupError} when `timepoint` has not passed yet.
 * @throws {@link ContractMissingError} when there is no token at the address.
 *
 * @example
 * ```ts
 * import { getPastVotes } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const pastVotes = await getPastVotes(client, { account: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8', timepoint: 1_750_000_000n })
 * ```
 */
export async function getPastVotes(
  client: ReadClient,
  parameters: getPastVotes.Parameters,
): Promise<getPastVotes.ReturnType> {
  const { account, timepoint, token = addressOf(client, 'aiToken') } = parameters
  return read(client, {
    abi: aiTokenAbi,
    address: token,
    args: [account, timepoint],
    functionName: 'getPastVotes',
    reverts: tokenReverts,
  })
}

export declare namespace getPastVotes {
  type Parameters = {
    /** Whose votes. */
    account: Address
    /** When, in seconds since 1970; it must have passed. */
    timepoint: bigint
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = bigint
  type ErrorType = addressOf.ErrorType | read.ErrorType<typeof tokenReverts, 'ERC5805FutureLookup'>
}
