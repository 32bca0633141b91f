import { AitokenError } from '@aitoken/core/errors'

/** Thrown when a document is no policy. */
export class PolicyMalformedError extends AitokenError {
  override readonly name = 'PolicyMalformedError'

  constructor({ cause, reason }: { cause?: unknown; reason: string }) {
    super(`The document is no policy: ${reason}.`, { cause, hints: ['Correct the field that is named.'] })
  }
}

/** Thrown when a policy forbids a request. */
export class PolicyViolationError extends AitokenError {
  override readonly name = 'PolicyViolationError'

  /** What the rule says. */
  readonly reason: string

  /** Name of the rule, such as `limits/llama/maxOutputTokens`. */
  readonly rule: string

  constructor({ reason, rule }: { reason: string; rule: string }) {
    super(`The rule ${JSON.stringify(rule)} forbids the request: ${reason}.`, {
      hints: ['Change the request, or propose a policy that allows it.'],
    })
    this.reason = reason
    this.rule = rule
  }
}
