import type { ModelPrice } from '../price/priceTable.js'
import type { Books } from './books.js'

/** What was agreed with a provider for one of its models. */
export type AgreedPrice = {
  /** The provider. */
  readonly origin: string
  /** Prices that it may ask for; less is always taken. */
  readonly price: ModelPrice
}

/** Prices that are remembered; those that were agreed to first make room. */
const pricesKept = 1_000

/** Where the prices of a provider's model are in the books; no origin holds a blank. */
export function toPriceKey(origin: string, model: string): string {
  return `${origin} ${model}`
}

/** Writes into the books what was agreed with a provider. */
export function putPrice(books: Books, agreed: AgreedPrice): Books {
  const prices = new Map(books.prices)
  const key = toPriceKey(agreed.origin, agreed.price.model)
  // The latest is written last, so the first is the one to forget.
  prices.delete(key)
  prices.set(key, agreed)
  const [oldest] = prices.keys()
  if (prices.size > pricesKept && oldest !== undefined) prices.delete(oldest)
  return { ...books, prices }
}

/** Whether anything costs more than was agreed. */
export function isRaised(agreed: ModelPrice, offered: ModelPrice): boolean {
  const { cachedInput, input, output, reasoning, request } = offered
  return (
    cachedInput > agreed.cachedInput ||
    input > agreed.input ||
    output > agreed.output ||
    reasoning > agreed.reasoning ||
    request > agreed.request
  )
}
