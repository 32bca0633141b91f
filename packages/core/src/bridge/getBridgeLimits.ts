import type { Address } from 'viem'

import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { ReadClient } from '../internal/client.js'
import { read } from '../internal/read.js'
import type { BridgeLimits } from './bridgeLimits.js'

/**
 * Reads what a bridge may mint and burn on this chain (ERC-7802).
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link getBridgeLimits.Parameters}
 * @returns Its limits; all zero when it is no bridge.
 * @throws {@link ContractMissingError} when there is no token at the address.
 *
 * @example
 * ```ts
 * import { getBridgeLimits } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const bridgeLimits = await getBridgeLimits(client, { bridge: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' })
 * ```
 */
export async function getBridgeLimits(
  client: ReadClient,
  parameters: getBridgeLimits.Parameters,
): Promise<getBridgeLimits.ReturnType> {
  const { bridge, token = addressOf(client, 'aiToken') } = parameters
  return read(client, {
    abi: aiTokenAbi,
    address: token,
    args: [bridge],
    functionName: 'bridgeLimits',
  })
}

export declare namespace getBridgeLimits {
  type Parameters = {
    /** The bridge. */
    bridge: Address
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = BridgeLimits
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
