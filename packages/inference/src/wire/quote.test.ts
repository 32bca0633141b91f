import fc from 'fast-check'
import { type Hex, toHex } from 'viem'
import { expect, test } from 'vitest'

import { ReceiptMalformedError } from '../receipt/errors.js'
import {
  type ChannelAccount,
  decodeAccount,
  decodeCloseAnswer,
  encodeAccount,
  encodeCloseAnswer,
} from './channelState.js'
import { QuoteInvalidError } from './errors.js'
import { decodeQuote, encodeQuote, type Quote } from './quote.js'
import { decodeReceipt, encodeReceipt } from './receiptText.js'

const bytes = (size: number) =>
  fc.uint8Array({ maxLength: size, minLength: size }).map((value): Hex => toHex(value))
const amount = fc.bigInt({ max: 2n ** 128n - 1n, min: 0n })
const count = fc.nat()
const name = fc.string({ maxLength: 50, minLength: 1 })

const quotes: fc.Arbitrary<Quote> = fc.record({
  chainId: count,
  channels: bytes(20),
  creditWindow: fc.option(amount, { nil: undefined }),
  models: fc.array(fc.record({ id: name, maxOutputTokens: count }), { maxLength: 3 }),
  payee: bytes(20),
  priceTable: fc.record({
    models: fc.array(
      fc.record({
        cachedInput: amount,
        input: amount,
        model: name,
        output: amount,
        reasoning: amount,
        request: amount,
      }),
      { maxLength: 3 },
    ),
    payee: bytes(20),
    token: bytes(20),
    validUntil: amount,
  }),
  priceTableSignature: bytes(65),
  receiptSigner: bytes(20),
  safetyMargin: amount,
  streamUnit: fc.option(amount, { nil: undefined }),
  streamWindow: count,
  token: fc.record({ address: bytes(20), decimals: count, symbol: name }),
})

const receipts = fc.record({
  receipt: fc.record({
    cachedInputTokens: count,
    channelId: bytes(32),
    cost: amount,
    cumulative: amount,
    inputTokens: count,
    modelHash: bytes(32),
    outputTokens: count,
    policyHash: bytes(32),
    priceTableHash: bytes(32),
    reasoningTokens: count,
    requestHash: bytes(32),
    responseHash: bytes(32),
    sequence: amount,
  }),
  signature: bytes(65),
})

const accounts: fc.Arbitrary<ChannelAccount> = fc.record({
  authorized: amount,
  channelId: bytes(32),
  deposit: amount,
  receipt: fc.option(name, { nil: undefined }),
  reserved: amount,
  sequence: amount,
  settled: amount,
  spent: amount,
  status: fc.constantFrom('closed' as const, 'closing' as const, 'open' as const),
})

test('property: a quote reads as it was written', () => {
  fc.assert(
    fc.property(quotes, (quote) => {
      expect(decodeQuote(encodeQuote(quote), 'carol')).toEqual(quote)
    }),
  )
})

test('property: a receipt reads as it was written, and is safe in a header and a comment', () => {
  fc.assert(
    fc.property(receipts, (signed) => {
      const text = encodeReceipt(signed)
      expect(text).toMatch(/^[\w-]+$/)
      expect(decodeReceipt(text)).toEqual(signed)
    }),
  )
})

test('property: accounts and the answer to closing read as they were written', () => {
  fc.assert(
    fc.property(accounts, bytes(32), (account, hash) => {
      expect(decodeAccount(encodeAccount(account), 'carol')).toEqual(account)
      const { receipt, settled: refunded, spent } = account
      const answer = { hash, receipt, refunded, spent }
      expect(decodeCloseAnswer(encodeCloseAnswer(answer), 'carol')).toEqual(answer)
    }),
  )
})

test('error: QuoteInvalidError, ReceiptMalformedError for everything else', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      expect(() => decodeQuote(text, 'carol')).toThrow(QuoteInvalidError)
      expect(() => decodeAccount(text, 'carol')).toThrow(QuoteInvalidError)
      expect(() => decodeCloseAnswer(text, 'carol')).toThrow(QuoteInvalidError)
      expect(() => decodeReceipt(text)).toThrow(ReceiptMalformedError)
    }),
  )
})

test('property: a quote or a receipt with any field missing or of another kind is refused', () => {
  const [quote] = fc.sample(quotes, { numRuns: 1, seed: 3 })
  if (!quote) return expect.unreachable()
  const document: Record<string, unknown> = JSON.parse(encodeQuote(quote))
  // What older providers do not offer may be missing, and nothing else.
  const optional = ['creditWindow', 'providerId', 'streamUnit']
  for (const field of Object.keys(document).filter((key) => key !== 'paths'))
    for (const wrong of [
      ...(optional.includes(field) ? [] : [undefined]),
      null,
      -1,
      true,
      '0xzz',
      {},
      '',
      1.5,
    ])
      expect(() => decodeQuote(JSON.stringify({ ...document, [field]: wrong }), 'carol')).toThrow(
        QuoteInvalidError,
      )
})
