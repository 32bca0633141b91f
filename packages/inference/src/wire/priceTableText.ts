import type { Hex } from 'viem'

import type { ModelPrice, PriceTable } from '../price/priceTable.js'
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
    models: priceTable.models.map(toModelPriceJson),
    signature: priceTableSignature,
    validUntil: `${priceTable.validUntil}`,
  }
}

/** Reads a signed price table; its signature is not checked here. */
export function readPriceTable(fields: Fields): SignedPriceTable {
  return {
    priceTable: {
      models: fields.list('models').map(readModelPrice),
      payee: fields.hex('payee', 20),
      token: fields.hex('token', 20),
      validUntil: fields.amount('validUntil'),
    },
    priceTableSignature: fields.hex('signature', 65),
  }
}

/** What a model costs as JSON has it, amounts as decimal strings. */
export function toModelPriceJson({ cachedInput, input, model, output, reasoning, request }: ModelPrice) {
  return {
    cachedInput: `${cachedInput}`,
    input: `${input}`,
    model,
    output: `${output}`,
    reasoning: `${reasoning}`,
    request: `${request}`,
  }
}

/** Reads what a model costs. */
export function readModelPrice(fields: Fields): ModelPrice {
  return {
    cachedInput: fields.amount('cachedInput'),
    input: fields.amount('input'),
    model: fields.text('model'),
    output: fields.amount('output'),
    reasoning: fields.amount('reasoning'),
    request: fields.amount('request'),
  }
}
