import type { Address } from 'viem'

import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { ReadClient } from '../internal/client.js'
import { read } from '../internal/read.js'

/**
 * Reads how many of a holder's tokens a spender may still move (ERC-20 `allowance`).
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link getAllowance.Parameters}
 * @returns The allowance, in base units.
 * @throws {@link ContractMissingError} when there is no token at the address.
 *
 * @example
 * ```ts
 * import { getAllowance } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const allowance = await getAllowance(client, { owner: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8', spender: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC' })
 * ```
 */
export async function getAllowance(
  client: ReadClient,
  parameters: getAllowance.Parameters,
): Promise<getAllowance.ReturnType> {
  const { owner, spender, token = addressOf(client, 'aiToken') } = parameters
  return read(client, {
    abi: aiTokenAbi,
    address: token,
    args: [owner, spender],
    functionName: 'allowance',
  })
}

export declare namespace getAllowance {
  type Parameters = {
    /** Whose tokens. */
    owner: Address
    /** Who may spend them. */
    spender: Address
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = bigint
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
