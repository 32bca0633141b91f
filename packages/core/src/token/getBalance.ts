import type { Address } from 'viem'

import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { ReadClient } from '../internal/client.js'
import { read } from '../internal/read.js'

/**
 * Reads how many tokens an account holds (ERC-20 `balanceOf`).
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link getBalance.Parameters}
 * @returns The balance, in base units.
 * @throws {@link ContractMissingError} when there is no token at the address.
 *
 * @example
 * ```ts
 * import { getBalance } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const balance = await getBalance(client, { account: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' })
 * ```
 */
export async function getBalance(
  client: ReadClient,
  parameters: getBalance.Parameters,
): Promise<getBalance.ReturnType> {
  const { account, token = addressOf(client, 'aiToken') } = parameters
  return read(client, {
    abi: aiTokenAbi,
    address: token,
    args: [account],
    functionName: 'balanceOf',
  })
}

export declare namespace getBalance {
  type Parameters = {
    /** Whose balance. */
    account: Address
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = bigint
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
