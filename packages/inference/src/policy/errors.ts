import { AitokenError } from '@aitoken/core/errors'
import type { Hex } from 'viem'

/** Thrown when the policy that a provider keeps forbids a request. Nothing is charged. */
export class RequestForbiddenError extends AitokenError {
  override readonly name = 'RequestForbiddenError'

  /** Digest of the policy. */
  readonly policyHash: Hex

  /** What the rule says. */
  readonly reason: string

  /** Name of the rule. */
  readonly rule: string

  constructor({ policyHash, reason, rule }: { policyHash: Hex; reason: string; rule: string }) {
    super(`The rule ${JSON.stringify(rule)} forbids the request: ${reason}. Nothing was charged.`, {
      hints: [`Change the request, or read the policy whose hash is ${policyHash}.`],
    })
    this.policyHash = policyHash
    this.reason = reason
    this.rule = rule
  }
}

/** Thrown when a provider cannot tell what its policy says, and so serves nothing. Nothing is charged. */
export class PolicyUnavailableError extends AitokenError {
  override readonly name = 'PolicyUnavailableError'

  constructor({ cause }: { cause?: unknown } = {}) {
    super('The provider cannot tell what its policy allows; nothing was charged.', {
      cause,
      hints: ['Try again later.'],
    })
  }
}
