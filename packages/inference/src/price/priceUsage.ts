import { UsageInvalidError } from './errors.js'
import type { ModelPrice } from './priceTable.js'
import type { Usage } from './usage.js'

/**
 * Computes what a request costs. Rounded up once, so both sides reach the same figure to the last unit.
 *
 * @param price - What the model costs, in base units.
 * @param usage - Tokens used.
 * @returns Base units.
 * @throws {@link UsageInvalidError} when a count is no natural number, or a part exceeds its whole.
 *
 * @example
 * ```ts
 * import { priceUsage } from '@aitoken/inference'
 *
 * const price = {
 *   cachedInput: 500_000n,
 *   input: 2_000_000n,
 *   model: 'shakespeare',
 *   output: 6_000_000n,
 *   reasoning: 6_000_000n,
 *   request: 10n,
 * }
 * const cost = priceUsage(price, { cachedInput: 0, input: 12, output: 40, reasoning: 0 })
 * ```
 */
export function priceUsage(price: ModelPrice, usage: Usage): bigint {
  const { cachedInput, input, output, reasoning } = usage
  const valid = isCount(cachedInput) && isCount(input) && isCount(output) && isCount(reasoning)
  if (!valid || cachedInput > input || reasoning > output) throw new UsageInvalidError({ usage })
  const sum =
    BigInt(input - cachedInput) * price.input +
    BigInt(cachedInput) * price.cachedInput +
    BigInt(output - reasoning) * price.output +
    BigInt(reasoning) * price.reasoning
  return (sum + 999_999n) / 1_000_000n + price.request
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

export declare namespace priceUsage {
  type ErrorType = UsageInvalidError
}
