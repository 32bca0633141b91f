import { type Address, zeroAddress } from 'viem'

import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { ReadClient } from '../internal/client.js'
import { read } from '../internal/read.js'

/**
 * Reads to whom an account delegated its votes (ERC-5805 `delegates`).
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link getDelegate.Parameters}
 * @returns The delegate, which may be the account itself; undefined when there is none.
 * @throws {@link ContractMissingError} when there is no token at the address.
 *
 * @example
 * ```ts
 * import { getDelegate } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const delegate = await getDelegate(client, { account: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' })
 * ```
 */
export async function getDelegate(
  client: ReadClient,
  parameters: getDelegate.Parameters,
): Promise<getDelegate.ReturnType> {
  const { account, token = addressOf(client, 'aiToken') } = parameters
  const result = await read(client, {
    abi: aiTokenAbi,
    address: token,
    args: [account],
    functionName: 'delegates',
  })
  return result === zeroAddress ? undefined : result
}

export declare namespace getDelegate {
  type Parameters = {
    /** Whose delegate. */
    account: Address
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = Address | undefined
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
