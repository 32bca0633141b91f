import { smaller } from '../internal/compare.js'
import type { ModelPrice } from '../price/priceTable.js'
import { PolicyUnavailableError } from './errors.js'
import type { RequestPolicy } from './requestPolicy.js'

/**
 * Lowers prices to what a policy allows. A policy that names more than the price leaves the price as it is.
 *
 * @param policy - The policy; undefined when there is none.
 * @param prices - The prices that the provider would ask.
 * @returns Those to ask; the very same list where nothing is lowered.
 * @throws {@link PolicyUnavailableError} when the policy cannot say.
 */
export function capPrices(
  policy: Pick<RequestPolicy, 'capPrice'> | undefined,
  prices: readonly ModelPrice[],
): readonly ModelPrice[] {
  if (!policy?.capPrice) return prices
  try {
    const capped = prices.map((price) => lower(price, policy.capPrice?.(price) ?? price))
    return capped.every((price, index) => price === prices[index]) ? prices : capped
  } catch (cause) {
    throw new PolicyUnavailableError({ cause })
  }
}

/** Whether two lists name the same prices in the same order. */
export function arePricesEqual(some: readonly ModelPrice[], others: readonly ModelPrice[]): boolean {
  if (some === others) return true
  return some.every((price, index) => {
    const other = others[index]
    return other !== undefined && isPriceEqual(price, other)
  })
}

function lower(price: ModelPrice, cap: ModelPrice): ModelPrice {
  if (cap === price) return price
  const lowered = {
    cachedInput: smaller(price.cachedInput, cap.cachedInput),
    input: smaller(price.input, cap.input),
    model: price.model,
    output: smaller(price.output, cap.output),
    reasoning: smaller(price.reasoning, cap.reasoning),
    request: smaller(price.request, cap.request),
  }
  return isPriceEqual(lowered, price) ? price : lowered
}

function isPriceEqual(one: ModelPrice, other: ModelPrice): boolean {
  return (
    one.cachedInput === other.cachedInput &&
    one.input === other.input &&
    one.model === other.model &&
    one.output === other.output &&
    one.reasoning === other.reasoning &&
    one.request === other.request
  )
}
