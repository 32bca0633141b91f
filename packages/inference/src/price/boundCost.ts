import { larger } from '../internal/compare.js'
import type { ModelPrice } from './priceTable.js'

/**
 * Computes the most a request can cost, from what both sides see before it is served: no tokenizer makes more
 * input tokens than the body has bytes.
 *
 * @param price - What the model costs, in base units.
 * @param parameters - {@link boundCost.Parameters}
 * @returns Base units.
 *
 * @example
 * ```ts
 * import { boundCost } from '@aitoken/inference'
 *
 * const price = {
 *   cachedInput: 500_000n,
 *   input: 2_000_000n,
 *   model: 'shakespeare',
 *   output: 6_000_000n,
 *   reasoning: 6_000_000n,
 *   request: 10n,
 * }
 * const most = boundCost(price, { bodyBytes: 180, outputTokens: 256 })
 * ```
 */
export function boundCost(price: ModelPrice, { bodyBytes, outputTokens }: boundCost.Parameters): bigint {
  const input = larger(price.input, price.cachedInput)
  const output = larger(price.output, price.reasoning)
  return (BigInt(bodyBytes) * input + BigInt(outputTokens) * output + 999_999n) / 1_000_000n + price.request
}

export declare namespace boundCost {
  type Parameters = {
    /** Length of the request body in bytes. */
    bodyBytes: number
    /** Most output tokens, over all choices. */
    outputTokens: number
  }
}

/** The part of a request body that bounds its cost. */
export type OutputLimits = {
  best_of?: number | null | undefined
  max_completion_tokens?: number | null | undefined
  max_tokens?: number | null | undefined
  n?: number | null | undefined
  /** Several prompts are answered each on its own; the numbers of one are its tokens. */
  prompt?: unknown
}

/**
 * Computes the most output tokens that a request can get.
 *
 * @param limits - The request body.
 * @param maxOutputTokens - Most output tokens that the model gives for one choice.
 * @returns Tokens, over all choices.
 */
export function boundOutput(limits: OutputLimits, maxOutputTokens: number): number {
  const asked = limits.max_completion_tokens ?? limits.max_tokens ?? maxOutputTokens
  return Math.min(asked, maxOutputTokens) * countChoices(limits)
}

/** Computes how many answers a request gets: the choices for one prompt, times its prompts. */
export function countChoices({ best_of: best, n, prompt }: OutputLimits): number {
  const prompts = Array.isArray(prompt) ? prompt.filter((item) => typeof item !== 'number').length : 1
  return Math.max(n ?? 1, best ?? 1) * Math.max(prompts, 1)
}
