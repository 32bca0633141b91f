/**
 * Policies that a DAO ratifies: read, hash, compare, decide and replay them.
 *
 * @module @aitoken/governance/policy
 */

export { assertPolicy, decidePolicy, type GovernedRequest, type PolicyVerdict } from './decidePolicy.js'
export { diffPolicy, type PolicyChange } from './diffPolicy.js'
export { PolicyMalformedError, PolicyViolationError } from './errors.js'
export { hashPolicy } from './hashPolicy.js'
export { parsePolicy } from './parsePolicy.js'
export { PolicyDocument } from './policyDocument.js'
export { type PastRequest, replayPolicy } from './replayPolicy.js'
