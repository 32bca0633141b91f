import type { Hex } from 'viem'

import type { PriceTable } from '../price/priceTable.js'
import type { Fields } from './readFields.js'

/** A price table with its signature. */
export type SignedPriceTable = {
  /** The prices. */
  priceTable: PriceTable
  /** The provider's signature over them. */
  priceTableSignature: Hex
}

/** A signed price table as JSON has it, amounts as decimal strings. */
export function toPriceTableJson({ priceTable, priceTableSignature }: SignedPriceTable) {
  return {
    ...priceTable,
    models: priceTable.models.map((price) => ({
      cachedInput: `${price.cachedInput}`,
      input: `${price.input}`,
      model: price.model,
      output: `${price.output}`,
      reasoning: `${price.reasoning}`,
      request: `${price.request}`,
    })),
    signature: priceTableSignature,
    validUntil: `${priceTable.validUntil}`,
  }
}

/** Reads a signed price table; its signature is not checked here. */
export function readPriceTable(fields: Fields): SignedPriceTable {
  return {
    priceTable: {
      models: fields.list('models').map((price) => ({
        cachedInput: price.amount('cachedInput'),
        input: price.amount('input'),
        model: price.text('model'),
        output: price.amount('output'),
        reasoning: price.amount('reasoning'),
        request: price.amount('request'),
      })),
      payee: fields.hex('payee', 20),
      token: fields.hex('token', 20),
      validUntil: fields.amount('validUntil'),
    },
    priceTableSignature: fields.hex('signature', 65),
  }
}
