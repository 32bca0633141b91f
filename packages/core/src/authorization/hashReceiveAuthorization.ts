import { type Hash, hashTypedData } from 'viem'

import type { TokenDomain } from '../permit/domain.js'
import {
  type ReceiveAuthorizationMessage,
  toReceiveAuthorizationTypedData,
} from './toReceiveAuthorizationTypedData.js'

/**
 * Hashes a receive authorization as it is signed (ERC-3009).
 *
 * @param parameters - {@link hashReceiveAuthorization.Parameters}
 * @returns The EIP-712 digest.
 *
 * @example
 * ```ts
 * import { hashReceiveAuthorization } from '@aitoken/core'
 *
 * const digest = hashReceiveAuthorization({
 *   amount: 1_000_000n,
 *   domain: {
 *     chainId: 8453,
 *     name: 'AI Token',
 *     verifyingContract: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 *     version: '1',
 *   },
 *   from: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   nonce: `0x${'11'.repeat(32)}`,
 *   to: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
 *   validAfter: 0n,
 *   validBefore: 1_900_000_000n,
 * })
 * ```
 */
export function hashReceiveAuthorization(parameters: hashReceiveAuthorization.Parameters): Hash {
  return hashTypedData(toReceiveAuthorizationTypedData(parameters))
}

export declare namespace hashReceiveAuthorization {
  type Parameters = ReceiveAuthorizationMessage & {
    /** The token's domain; see {@link getDomain}. */
    domain: TokenDomain
  }
}
