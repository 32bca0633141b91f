import type { Address, Hex } from 'viem'

import type { PriceTable } from '../price/priceTable.js'
import { QuoteInvalidError } from './errors.js'
import { readPriceTable, toPriceTableJson } from './priceTableText.js'
import { parseJson, readFields } from './readFields.js'

/** Where a provider publishes its quote. */
export const quotePath = '/.well-known/aitoken.json'

/** What a provider offers, as it publishes it. */
export type Quote = {
  /** Chain that the channels live on. */
  chainId: number
  /** The payment channels contract. */
  channels: Address
  /** Base units that requests of a session may use beyond what is authorized; undefined when it takes no sessions. */
  creditWindow?: bigint | undefined
  /** What is served. */
  models: readonly { id: string; maxOutputTokens: number }[]
  /** Who is paid. */
  payee: Address
  /** The signed prices. */
  priceTable: PriceTable
  /** The provider's signature over the prices. */
  priceTableSignature: Hex
  /** The provider's number in the registry, as it says; undefined when it says none. Nothing is proven by it. */
  providerId?: bigint | undefined
  /** Who signs prices and receipts. */
  receiptSigner: Address
  /** Base units of a deposit that vouchers may not touch. */
  safetyMargin: bigint
  /** The most that one link of a hash chain may be worth, in base units; undefined or 0n when it takes none. */
  streamUnit?: bigint | undefined
  /** Output tokens that a stream is paid ahead, so the most that either side can lose. */
  streamWindow: number
  /** The token that is paid in. */
  token: { address: Address; decimals: number; symbol: string }
}

/**
 * Writes a quote as JSON, amounts as decimal strings.
 *
 * @param quote - The quote.
 * @returns The text that {@link decodeQuote} reads.
 */
export function encodeQuote(quote: Quote): string {
  const { creditWindow, priceTable, priceTableSignature, providerId, safetyMargin, streamUnit, ...rest } =
    quote
  return JSON.stringify({
    version: 1,
    ...rest,
    ...(creditWindow === undefined ? {} : { creditWindow: `${creditWindow}` }),
    paths: {
      channel: '/v1/channels/{id}',
      close: '/v1/channels/{id}/close',
      sessions: '/v1/channels/{id}/sessions',
      vouchers: '/v1/channels/{id}/vouchers',
    },
    priceTable: toPriceTableJson({ priceTable, priceTableSignature }),
    ...(providerId === undefined ? {} : { providerId: `${providerId}` }),
    safetyMargin: `${safetyMargin}`,
    ...(streamUnit === undefined ? {} : { streamUnit: `${streamUnit}` }),
  })
}

/**
 * Reads a quote. The prices' signature is not checked here: see `verifyPriceTable`.
 *
 * @param text - The JSON text.
 * @param origin - Where it came from, for the error.
 * @returns The quote.
 * @throws {@link QuoteInvalidError} when it is anything else.
 */
export function decodeQuote(text: string, origin: string): Quote {
  const fail = (reason: string, cause?: unknown) => new QuoteInvalidError({ cause, origin, reason })
  const fields = readFields(parseJson(text, fail), fail)
  if (fields.count('version') !== 1) throw fail('its version is not 1')
  const token = fields.object('token')
  return {
    chainId: fields.count('chainId'),
    channels: fields.hex('channels', 20),
    creditWindow: fields.optionalAmount('creditWindow'),
    models: fields
      .list('models')
      .map((model) => ({ id: model.text('id'), maxOutputTokens: model.count('maxOutputTokens') })),
    payee: fields.hex('payee', 20),
    ...readPriceTable(fields.object('priceTable')),
    providerId: fields.optionalAmount('providerId'),
    receiptSigner: fields.hex('receiptSigner', 20),
    safetyMargin: fields.amount('safetyMargin'),
    streamUnit: fields.optionalAmount('streamUnit'),
    streamWindow: fields.count('streamWindow'),
    token: {
      address: token.hex('address', 20),
      decimals: token.count('decimals'),
      symbol: token.text('symbol'),
    },
  }
}
