import { type Address, isAddressEqual } from 'viem'

import { addressOf } from '../deployment/addressOf.js'
import type { ReadClient } from '../internal/client.js'
import { read } from '../internal/read.js'
import type { TokenDomain } from './domain.js'
import { domainFunction } from './domainFunction.js'
import { DomainMismatchError } from './errors.js'

/**
 * Reads the domain that a token's signatures carry (EIP-712, as the token states it by EIP-5267).
 *
 * @param client - Client of the token's chain.
 * @param parameters - {@link getDomain.Parameters}
 * @returns The domain, which names the token and the client's chain.
 * @throws {@link DomainMismatchError} when the token states another contract or chain.
 * @throws {@link ContractMissingError} when the token has no EIP-5267 domain.
 *
 * @example
 * ```ts
 * import { getDomain } from '@aitoken/core'
 * import { createClient, http } from 'viem'
 * import { base } from 'viem/chains'
 *
 * const client = createClient({ chain: base, transport: http() })
 * const { name, version } = await getDomain(client)
 * ```
 */
export async function getDomain(
  client: ReadClient,
  parameters: getDomain.Parameters = {},
): Promise<getDomain.ReturnType> {
  const { token = addressOf(client, 'aiToken') } = parameters
  const [, name, version, chainId, verifyingContract] = await read(client, {
    abi: [domainFunction],
    address: token,
    args: [],
    functionName: 'eip712Domain',
  })
  // Signing what a contract says unchecked would let one token collect signatures for another.
  if (!isAddressEqual(verifyingContract, token) || chainId !== BigInt(client.chain.id))
    throw new DomainMismatchError({ chainId, expectedChainId: client.chain.id, token, verifyingContract })
  return { chainId: client.chain.id, name, verifyingContract, version }
}

export declare namespace getDomain {
  type Parameters = {
    /** Token contract. @default the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = TokenDomain
  type ErrorType = addressOf.ErrorType | DomainMismatchError | read.ErrorType
}
