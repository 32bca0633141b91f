import type { Address } from 'viem'

import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { ReadClient } from '../internal/client.js'
import { read } from '../internal/read.js'

/**
 * Reads how many votes an account has now (ERC-5805): the balances of all who delegated to it.
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link getVotes.Parameters}
 * @returns The votes, in base units of the token.
 * @throws {@link ContractMissingError} when there is no token at the address.
 *
 * @example
 * ```ts
 * import { getVotes } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const votes = await getVotes(client, { account: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' })
 * ```
 */
export async function getVotes(
  client: ReadClient,
  parameters: getVotes.Parameters,
): Promise<getVotes.ReturnType> {
  const { account, token = addressOf(client, 'aiToken') } = parameters
  return read(client, {
    abi: aiTokenAbi,
    address: token,
    args: [account],
    functionName: 'getVotes',
  })
}

export declare namespace getVotes {
  type Parameters = {
    /** Whose votes. */
    account: Address
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = bigint
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
