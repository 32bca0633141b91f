import fc from 'fast-check'
import { type Hex, toHex } from 'viem'
import { expect, test } from 'vitest'

import { decodeBase64Url, encodeBase64Url } from './base64url.js'
import { PaymentHeaderError } from './errors.js'
import type { VoucherPayment } from './payment.js'
import { decodePayment, encodePayment } from './paymentHeader.js'

const bytes = (size: number) =>
  fc.uint8Array({ maxLength: size, minLength: size }).map((value): Hex => toHex(value))

const payments: fc.Arbitrary<VoucherPayment> = fc.record({
  channelId: bytes(32),
  cumulativeAmount: fc.bigInt({ max: 2n ** 96n - 1n, min: 0n }),
  descriptor: fc.option(fc.record({ authorizedSigner: bytes(20), payer: bytes(20), salt: bytes(32) }), {
    nil: undefined,
  }),
  priceTag: fc.option(bytes(8), { nil: undefined }),
  signature: bytes(65),
  unreceipted: fc.boolean(),
})

test('default', () => {
  const channelId = `0x${'11'.repeat(32)}` as const
  const signature = `0x${'22'.repeat(65)}` as const
  const header = encodePayment({ channelId, cumulativeAmount: 1_000_000n, signature })
  // A golden vector: other implementations must write the same.
  expect(header).toBe(
    'v1.ABERERERERERERERERERERERERERERERERERERERERERAAAAAAAAAAAAD0JAIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiI',
  )
  expect(header.length).toBeLessThanOrEqual(200)
})

test('behavior: with a descriptor and a price tag', () => {
  const zero = `0x${'00'.repeat(20)}` as const
  const header = encodePayment({
    channelId: `0x${'11'.repeat(32)}`,
    cumulativeAmount: 2n ** 96n - 1n,
    descriptor: { authorizedSigner: zero, payer: `0x${'33'.repeat(20)}`, salt: `0x${'44'.repeat(32)}` },
    priceTag: '0x5555555555555555',
    signature: `0x${'22'.repeat(65)}`,
    unreceipted: true,
  })
  expect(header).toBe(
    'v1.BxERERERERERERERERERERERERERERERERERERERERER________________IiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiJVVVVVVVVVVTMzMzMzMzMzMzMzMzMzMzMzMzMzREREREREREREREREREREREREREREREREREREREREREQAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  )
})

test('property: reads what was written', () => {
  fc.assert(
    fc.property(payments, (payment) => {
      expect(decodePayment(encodePayment(payment))).toEqual(payment)
    }),
  )
})

test('property: one value has one text', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: fc.constantFrom(...'AZaz09-_+/= ') }),
      (value, text) => {
        expect(decodeBase64Url(encodeBase64Url(value))).toEqual(value)
        const read = decodeBase64Url(text)
        if (read) expect(encodeBase64Url(read)).toBe(text)
      },
    ),
  )
})

test('property: 10,000 hostile headers give PaymentHeaderError and nothing else', () => {
  const [good] = fc.sample(payments, { numRuns: 1, seed: 1 })
  const header = good ? encodePayment(good) : ''
  const hostile = fc.oneof(
    fc.string({ maxLength: 400 }),
    fc.uint8Array({ maxLength: 220 }).map((value) => `v1.${encodeBase64Url(value)}`),
    fc.nat(header.length - 1).map((end) => header.slice(0, end)),
    fc
      .tuple(fc.nat(header.length), fc.string({ maxLength: 3, minLength: 1 }))
      .map(([at, extra]) => header.slice(0, at) + extra + header.slice(at)),
    fc.constantFrom('', 'v1', 'v1.', 'v2.AAAA', `v1.${'A'.repeat(10_000)}`),
  )
  fc.assert(
    fc.property(hostile, (text) => {
      try {
        // What is read at all is a header: it has exactly one text.
        expect(encodePayment(decodePayment(text))).toBe(text)
      } catch (error) {
        expect(error).toBeInstanceOf(PaymentHeaderError)
      }
    }),
    { numRuns: 10_000 },
  )
})

test('error: PaymentHeaderError when a value does not fit', () => {
  const [good] = fc.sample(payments, { numRuns: 1, seed: 1 })
  if (!good) return expect.unreachable()
  const wrong: Partial<VoucherPayment>[] = [
    { cumulativeAmount: 2n ** 96n },
    { cumulativeAmount: -1n },
    { channelId: '0x11' },
    { signature: `0x${'2g'.repeat(65)}` },
    { priceTag: '0x00' },
  ]
  for (const change of wrong) expect(() => encodePayment({ ...good, ...change })).toThrow(PaymentHeaderError)
})
