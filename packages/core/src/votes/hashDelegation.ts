import { type Hash, hashTypedData } from 'viem'

import type { TokenDomain } from '../permit/domain.js'
import { type DelegationMessage, toDelegationTypedData } from './toDelegationTypedData.js'

/**
 * Hashes a delegation as it is signed (ERC-5805).
 *
 * @param parameters - {@link hashDelegation.Parameters}
 * @returns The EIP-712 digest.
 *
 * @example
 * ```ts
 * import { hashDelegation } from '@aitoken/core'
 *
 * const digest = hashDelegation({
 *   delegatee: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
 *   delegator: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   domain: {
 *     chainId: 8453,
 *     name: 'AI Token',
 *     verifyingContract: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 *     version: '1',
 *   },
 *   expiry: 1_900_000_000n,
 *   nonce: 0n,
 * })
 * ```
 */
export function hashDelegation(parameters: hashDelegation.Parameters): Hash {
  return hashTypedData(toDelegationTypedData(parameters))
}

export declare namespace hashDelegation {
  type Parameters = DelegationMessage & {
    /** The token's domain; see {@link getDomain}. */
    domain: TokenDomain
  }
}
