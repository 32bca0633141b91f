import type { Address, Hex } from 'viem'

import { addressOf } from '../deployment/addressOf.js'
import { aiTokenAbi } from '../generated/aiToken.js'
import type { ReadClient } from '../internal/client.js'
import { read } from '../internal/read.js'

/**
 * Reads whether an authorization was used or cancelled (ERC-3009 `authorizationState`).
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link getAuthorizationState.Parameters}
 * @returns True once it was used or cancelled.
 * @throws {@link ContractMissingError} when there is no token at the address.
 *
 * @example
 * ```ts
 * import { getAuthorizationState } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const authorizationState = await getAuthorizationState(client, { authorizer: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8', nonce: `0x${'00'.repeat(32)}` })
 * ```
 */
export async function getAuthorizationState(
  client: ReadClient,
  parameters: getAuthorizationState.Parameters,
): Promise<getAuthorizationState.ReturnType> {
  const { authorizer, nonce, token = addressOf(client, 'aiToken') } = parameters
  return read(client, {
    abi: aiTokenAbi,
    address: token,
    args: [authorizer, nonce],
    functionName: 'authorizationState',
  })
}

export declare namespace getAuthorizationState {
  type Parameters = {
    /** Who signed. */
    authorizer: Address
    /** The authorization's nonce, 32 bytes. */
    nonce: Hex
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = boolean
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
