import type { Hex } from 'viem'

import { PolicyUnavailableError, RequestForbiddenError } from './errors.js'
import type { PolicyRequest, RequestPolicy } from './requestPolicy.js'

/** The digest in receipts where there is no policy. */
const none: Hex = `0x${'00'.repeat(32)}`

/**
 * Holds a request to a policy. Without an answer from it the request is refused: what cannot be decided is not served.
 *
 * @param policy - The policy; undefined when there is none.
 * @param request - The request.
 * @returns Digest of the policy that allows it; zero when there is none.
 * @throws {@link RequestForbiddenError} when a rule forbids it.
 * @throws {@link PolicyUnavailableError} when the policy cannot decide.
 */
export async function checkPolicy(policy: RequestPolicy | undefined, request: PolicyRequest): Promise<Hex> {
  if (!policy) return none
  const decision = await decide(policy, request)
  const { policyHash } = decision
  if (!/^0x[\da-f]{64}$/i.test(policyHash))
    throw new PolicyUnavailableError({ cause: 'The policy has no digest.' })
  if (decision.allow === true) return policyHash
  const { reason, rule } = decision
  throw new RequestForbiddenError({ policyHash, reason: reason.slice(0, 500), rule: rule.slice(0, 200) })
}

async function decide(policy: RequestPolicy, request: PolicyRequest) {
  try {
    return await policy.decide(request)
  } catch (cause) {
    throw new PolicyUnavailableError({ cause })
  }
}
