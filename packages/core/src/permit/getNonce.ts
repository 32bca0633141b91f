import type { Address } from 'viem'

import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { ReadClient } from '../internal/client.js'
import { read } from '../internal/read.js'

/**
 * Reads the number that an account's next permit or delegation by signature must carry (ERC-2612, ERC-5805).
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link getNonce.Parameters}
 * @returns The next nonce.
 * @throws {@link ContractMissingError} when there is no token at the address.
 *
 * @example
 * ```ts
 * import { getNonce } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const nonce = await getNonce(client, { owner: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' })
 * ```
 */
export async function getNonce(
  client: ReadClient,
  parameters: getNonce.Parameters,
): Promise<getNonce.ReturnType> {
  const { owner, token = addressOf(client, 'aiToken') } = parameters
  return read(client, {
    abi: aiTokenAbi,
    address: token,
    args: [owner],
    functionName: 'nonces',
  })
}

export declare namespace getNonce {
  type Parameters = {
    /** Who signs. */
    owner: Address
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = bigint
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
