import type { Address } from 'viem'

import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { ReadClient } from '../internal/client.js'
import { read } from '../internal/read.js'

/**
 * Reads what a token is called and how its amounts are written (ERC-20 metadata).
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link getMetadata.Parameters}
 * @returns Name, symbol, and how many decimals an amount has.
 * @throws {@link ContractMissingError} when there is no token at the address.
 *
 * @example
 * ```ts
 * import { getBalance, getMetadata } from '@aitoken/core'
 * import { createClient, formatUnits, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const { decimals, symbol } = await getMetadata(client)
 * const balance = await getBalance(client, { account: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' })
 * const text = `${formatUnits(balance, decimals)} ${symbol}`
 * ```
 */
export async function getMetadata(
  client: ReadClient,
  parameters: getMetadata.Parameters = {},
): Promise<getMetadata.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  const contract = { abi: aiTokenAbi, address: token, args: [] } as const
  const [decimals, name, symbol] = await Promise.all([
    read(client, { ...contract, functionName: 'decimals' }),
    read(client, { ...contract, functionName: 'name' }),
    read(client, { ...contract, functionName: 'symbol' }),
  ])
  return { decimals, name, symbol }
}

export declare namespace getMetadata {
  type Parameters = {
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = {
    /** Digits after the decimal point: one token is 10 ** decimals base units. */
    decimals: number
    /** Name. */
    name: string
    /** Symbol. */
    symbol: string
  }
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
