import { AitokenError } from '@aitoken/core/errors'

import type { ModelPrice } from '../price/priceTable.js'

/** A provider that asks for more than was agreed. Prices are in base units, most of them for a million tokens. */
export type PriceRaise = {
  /** What was agreed with the first request, or accepted last. */
  readonly agreed: ModelPrice
  /** The model. */
  readonly model: string
  /** What the provider asks for now. */
  readonly offered: ModelPrice
  /** The provider. */
  readonly origin: string
}

/** Thrown when a provider asks for more than was agreed with the first request for a model. Nothing was signed for it. */
export class PriceRaisedError extends AitokenError {
  override readonly name = 'PriceRaisedError'

  /** What was agreed. */
  readonly agreed: ModelPrice

  /** The model. */
  readonly model: string

  /** What the provider asks for now. */
  readonly offered: ModelPrice

  /** The provider. */
  readonly origin: string

  constructor({ agreed, model, offered, origin }: PriceRaise) {
    const raised = (['input', 'cachedInput', 'output', 'reasoning', 'request'] as const)
      .filter((part) => offered[part] > agreed[part])
      .map((part) => `${part} from ${agreed[part]} to ${offered[part]}`)
    super(`${origin} raised its prices of ${JSON.stringify(model)} (base units): ${raised.join(', ')}.`, {
      hints: [
        'Give the consumer `acceptPrices`, which decides about each raise: what it takes holds from then on.',
        'Use another provider: `close` brings back what was not spent with this one.',
      ],
    })
    this.agreed = agreed
    this.model = model
    this.offered = offered
    this.origin = origin
  }
}

/** Thrown when a provider's quote is for another chain, contract or token than the consumer agreed to. */
export class QuoteMismatchError extends AitokenError {
  override readonly name = 'QuoteMismatchError'

  constructor({ expected, field, quoted }: { expected: string; field: string; quoted: string }) {
    super(`The provider wants ${field} ${quoted}, but this consumer pays with ${expected}.`, {
      hints: ['Use a provider of your chain and token, or configure the consumer for this one.'],
    })
  }
}
