import type { Hex } from 'viem'

import type { ModelPrice } from '../price/priceTable.js'

/** A request that a policy decides about: it was read and priced, and nothing was taken for it yet. */
export type PolicyRequest = {
  /** The request's body, as its JSON says. */
  readonly body: Readonly<Record<string, unknown>>
  /** Most output tokens that it asks for, over all choices. */
  readonly maxOutputTokens: number
  /** Name of the model. */
  readonly model: string
  /** Path that it was sent to. */
  readonly path: string
  /** What the model costs. */
  readonly price: ModelPrice
}

/** What a policy says about a request. */
export type PolicyDecision =
  | { readonly allow: true /** Digest of the policy, for the receipt. */; readonly policyHash: Hex }
  | {
      readonly allow: false
      /** Digest of the policy. */
      readonly policyHash: Hex
      /** What the rule says, for the payer. */
      readonly reason: string
      /** The rule's name. */
      readonly rule: string
    }

/**
 * Rules that somebody else makes and a provider holds its requests to: a DAO, as `policyEnforcer` of
 * `@aitoken/governance` enforces its decisions, or an operator's own.
 */
export type RequestPolicy = {
  /**
   * Lowers what a model costs to what is allowed. Asked for every request and quote, so it answers from memory, and
   * with the very same object where nothing is lowered. @default every price
   */
  capPrice?(price: ModelPrice): ModelPrice
  /** Decides about a request, before its payment is taken. What it throws refuses the request, too. */
  decide(request: PolicyRequest): PolicyDecision | Promise<PolicyDecision>
  /** Headers for every paid answer, such as what the policy wants disclosed. @default none */
  headers?(): Readonly<Record<string, string>>
}
