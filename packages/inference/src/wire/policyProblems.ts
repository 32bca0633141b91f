import { PolicyUnavailableError, RequestForbiddenError } from '../policy/errors.js'
import type { Problem } from './problem.js'
import { readHexText, readText } from './problemFields.js'

/** The errors about a provider's policy that it answers with, by their name. */
export const policyProblems = {
  PolicyUnavailableError: {
    read: () => new PolicyUnavailableError(),
    status: 503,
    type: 'policy-unavailable',
  } satisfies Problem<PolicyUnavailableError>,
  RequestForbiddenError: {
    read: (problem) =>
      new RequestForbiddenError({
        policyHash: readHexText(problem, 'policyHash'),
        reason: readText(problem, 'reason'),
        rule: readText(problem, 'rule'),
      }),
    status: 403,
    type: 'request-forbidden',
    write: ({ policyHash, reason, rule }) => ({ policyHash, reason, rule }),
  } satisfies Problem<RequestForbiddenError>,
} as const
