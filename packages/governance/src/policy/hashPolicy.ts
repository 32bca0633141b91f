import canonicalize from 'canonicalize'
import type { Hex } from 'viem'
import { keccak256, stringToHex } from 'viem/utils'

import { PolicyMalformedError } from './errors.js'
import { parsePolicy } from './parsePolicy.js'
import type { PolicyDocument } from './policyDocument.js'

/**
 * Hashes a policy: keccak256 of its canonical JSON (RFC 8785). The order of keys and of lists changes nothing.
 *
 * @param policy - The policy.
 * @returns The hash that a DAO ratifies.
 * @throws {@link PolicyMalformedError} when it is no policy.
 *
 * @example
 * ```ts
 * import { hashPolicy, parsePolicy } from '@aitoken/governance/policy'
 *
 * export const digest = (json: string) => hashPolicy(parsePolicy(JSON.parse(json)))
 * ```
 */
export function hashPolicy(policy: PolicyDocument): Hex {
  const json = canonicalize(parsePolicy(policy))
  if (json === undefined) throw new PolicyMalformedError({ reason: 'it has no JSON' })
  return keccak256(stringToHex(json))
}
