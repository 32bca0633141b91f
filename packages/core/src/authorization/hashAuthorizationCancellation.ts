import { type Hash, hashTypedData } from 'viem'

import type { TokenDomain } from '../permit/domain.js'
import {
  type AuthorizationCancellationMessage,
  toAuthorizationCancellationTypedData,
} from './toAuthorizationCancellationTypedData.js'

/**
 * Hashes the cancellation of an authorization as it is signed (ERC-3009).
 *
 * @param parameters - {@link hashAuthorizationCancellation.Parameters}
 * @returns The EIP-712 digest.
 *
 * @example
 * ```ts
 * import { hashAuthorizationCancellation } from '@aitoken/core'
 *
 * const digest = hashAuthorizationCancellation({
 *   authorizer: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   domain: {
 *     chainId: 8453,
 *     name: 'AI Token',
 *     verifyingContract: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 *     version: '1',
 *   },
 *   nonce: `0x${'11'.repeat(32)}`,
 * })
 * ```
 */
export function hashAuthorizationCancellation(parameters: hashAuthorizationCancellation.Parameters): Hash {
  return hashTypedData(toAuthorizationCancellationTypedData(parameters))
}

export declare namespace hashAuthorizationCancellation {
  type Parameters = AuthorizationCancellationMessage & {
    /** The token's domain; see {@link getDomain}. */
    domain: TokenDomain
  }
}
