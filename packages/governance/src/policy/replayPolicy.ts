import { decidePolicy, type GovernedRequest, type PolicyVerdict } from './decidePolicy.js'
import type { PolicyDocument } from './policyDocument.js'

/** A request that was decided before. */
export type PastRequest = {
  /** Whether it was served. */
  readonly allow: boolean
  /** What names it, such as the digest of its receipt. */
  readonly id: string
  readonly request: GovernedRequest
}

/**
 * Tells which past requests a policy would decide otherwise.
 *
 * @param policy - The policy to try.
 * @param past - What was asked, and how it was decided.
 * @returns Those decided otherwise, with what the policy says of them.
 *
 * @example
 * ```ts
 * import { type PastRequest, type PolicyDocument, replayPolicy } from '@aitoken/governance/policy'
 *
 * export const count = (policy: PolicyDocument, past: PastRequest[]) => replayPolicy(policy, past).length
 * ```
 */
export function replayPolicy(
  policy: PolicyDocument,
  past: Iterable<PastRequest>,
): { id: string; verdict: PolicyVerdict }[] {
  const changed: { id: string; verdict: PolicyVerdict }[] = []
  for (const { allow, id, request } of past) {
    const verdict = decidePolicy(policy, request)
    if (verdict.allow !== allow) changed.push({ id, verdict })
  }
  return changed
}
