import type { Address } from 'viem'

import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { ReadClient } from '../internal/client.js'
import { read } from '../internal/read.js'

/**
 * Reads how much a bridge may mint and burn at this moment.
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link getBridgeAvailable.Parameters}
 * @returns What it may mint (inbound) and burn (outbound) now, in base units.
 * @throws {@link ContractMissingError} when there is no token at the address.
 *
 * @example
 * ```ts
 * import { getBridgeAvailable } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const bridgeAvailable = await getBridgeAvailable(client, { bridge: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' })
 * ```
 */
export async function getBridgeAvailable(
  client: ReadClient,
  parameters: getBridgeAvailable.Parameters,
): Promise<getBridgeAvailable.ReturnType> {
  const { bridge, token = addressOf(client, 'aiToken') } = parameters
  const result = await read(client, {
    abi: aiTokenAbi,
    address: token,
    args: [bridge],
    functionName: 'bridgeAvailable',
  })
  const [inbound, outbound] = result
  return { inbound, outbound }
}

export declare namespace getBridgeAvailable {
  type Parameters = {
    /** The bridge. */
    bridge: Address
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = { inbound: bigint; outbound: bigint }
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
