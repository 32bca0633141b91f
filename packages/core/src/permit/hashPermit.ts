import { type Hash, hashTypedData } from 'viem'

import type { TokenDomain } from './domain.js'
import { type PermitMessage, toPermitTypedData } from './toPermitTypedData.js'

/**
 * Hashes a permit as it is signed (ERC-2612).
 *
 * @param parameters - {@link hashPermit.Parameters}
 * @returns The EIP-712 digest.
 *
 * @example
 * ```ts
 * import { hashPermit } from '@aitoken/core'
 *
 * const digest = hashPermit({
 *   amount: 1_000_000n,
 *   deadline: 1_900_000_000n,
 *   domain: {
 *     chainId: 8453,
 *     name: 'AI Token',
 *     verifyingContract: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 *     version: '1',
 *   },
 *   nonce: 0n,
 *   owner: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   spender: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
 * })
 * ```
 */
export function hashPermit(parameters: hashPermit.Parameters): Hash {
  return hashTypedData(toPermitTypedData(parameters))
}

export declare namespace hashPermit {
  type Parameters = PermitMessage & {
    /** The token's domain; see {@link getDomain}. */
    domain: TokenDomain
  }
}
