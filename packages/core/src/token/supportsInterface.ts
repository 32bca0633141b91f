import type { Address, Hex } from 'viem'

import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { ReadClient } from '../internal/client.js'
import { read } from '../internal/read.js'

/**
 * Reads whether the token says it implements an interface (ERC-165).
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link supportsInterface.Parameters}
 * @returns Whether it does.
 * @throws {@link ContractMissingError} when there is no token at the address.
 *
 * @example
 * ```ts
 * import { supportsInterface } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const answer = await supportsInterface(client, { interfaceId: '0x36372b07' })
 * ```
 */
export async function supportsInterface(
  client: ReadClient,
  parameters: supportsInterface.Parameters,
): Promise<supportsInterface.ReturnType> {
  const { interfaceId, token = addressOf(client, 'aiToken') } = parameters
  return read(client, {
    abi: aiTokenAbi,
    address: token,
    args: [interfaceId],
    functionName: 'supportsInterface',
  })
}

export declare namespace supportsInterface {
  type Parameters = {
    /** Identifier of the interface, 4 bytes. */
    interfaceId: Hex
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = boolean
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
