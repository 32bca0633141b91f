import fc from 'fast-check'
import { type Hex, toHex } from 'viem'
import { expect, test } from 'vitest'

import { decodeBase64Url, encodeBase64Url } from './base64url.js'
import { PaymentHeaderError } from './errors.js'
import type { LinkPayment, Payment, SessionPayment, VoucherPayment } from './payment.js'
import { decodePayment, encodePayment } from './paymentHeader.js'

const bytes = (size: number) =>
  fc.uint8Array({ maxLength: size, minLength: size }).map((value): Hex => toHex(value))

const amount = fc.bigInt({ max: 2n ** 96n - 1n, min: 0n })
const steps = fc.integer({ max: 65_535, min: 0 })
const orNone = <value>(some: fc.Arbitrary<value>) => fc.option(some, { nil: undefined })
const terms = { channelId: bytes(32), priceTag: orNone(bytes(8)), unreceipted: fc.boolean() }
const descriptor = orNone(fc.record({ authorizedSigner: bytes(20), payer: bytes(20), salt: bytes(32) }))
const commit = orNone(fc.record({ base: amount, maxSteps: steps, signature: bytes(65), unit: amount }))

const vouchers: fc.Arbitrary<VoucherPayment> = fc.record({
  ...terms,
  cumulativeAmount: amount,
  descriptor,
  signature: bytes(65),
})
const links: fc.Arbitrary<LinkPayment> = fc.record({ ...terms, commit, descriptor, link: bytes(32), steps })
const sessions: fc.Arbitrary<SessionPayment> = fc.record({
  ...terms,
  code: bytes(32),
  counter: fc.bigInt({ max: 2n ** 64n - 1n, min: 0n }),
  keyId: bytes(8),
})
const payments: fc.Arbitrary<Payment> = fc.oneof(vouchers, links, sessions)

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

test('behavior: a link, alone and with its commitment', () => {
  const channelId = `0x${'11'.repeat(32)}` as const
  const link = `0x${'66'.repeat(32)}` as const
  const priceTag = '0x5555555555555555'
  const alone = encodePayment({ channelId, link, priceTag, steps: 258 })
  expect(alone).toBe(
    'v1.ChERERERERERERERERERERERERERERERERERERERERERAQJmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZlVVVVVVVVVV',
  )
  expect(alone.length).toBeLessThanOrEqual(200)
  const commit = { base: 1_000_000n, maxSteps: 1024, signature: `0x${'22'.repeat(65)}`, unit: 7n } as const
  expect(encodePayment({ channelId, commit, link, priceTag, steps: 1 })).toBe(
    'v1.GhERERERERERERERERERERERERERERERERERERERERERAAFmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZgAAAAAAAAAAAA9CQAAAAAAAAAAAAAAABwQAIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiJVVVVVVVVVVQ',
  )
})

test('behavior: a request of a session', () => {
  const header = encodePayment({
    channelId: `0x${'11'.repeat(32)}`,
    code: `0x${'77'.repeat(32)}`,
    counter: 258n,
    keyId: '0x8888888888888888',
    priceTag: '0x5555555555555555',
    unreceipted: true,
  })
  expect(header).toBe(
    'v1.JhERERERERERERERERERERERERERERERERERERERERERiIiIiIiIiIgAAAAAAAABAnd3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3VVVVVVVVVVU',
  )
  expect(header.length).toBeLessThanOrEqual(200)
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
  const goods = fc.sample(payments, { numRuns: 20, seed: 1 }).map(encodePayment)
  const good = fc.constantFrom(...goods)
  const hostile = fc.oneof(
    fc.string({ maxLength: 400 }),
    fc.uint8Array({ maxLength: 245 }).map((value) => `v1.${encodeBase64Url(value)}`),
    fc.tuple(good, fc.nat(330)).map(([header, end]) => header.slice(0, end % header.length)),
    fc
      .tuple(good, fc.nat(330), fc.string({ maxLength: 3, minLength: 1 }))
      .map(([header, at, extra]) => header.slice(0, at) + extra + header.slice(at)),
    // Every flag on every length that some flags have.
    fc.tuple(fc.nat(255), good).map(([flags, header]) => {
      const value = decodeBase64Url(header, 3) ?? new Uint8Array(1)
      value[0] = flags
      return `v1.${encodeBase64Url(value)}`
    }),
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
  const [good] = fc.sample(vouchers, { numRuns: 1, seed: 1 })
  const [link] = fc.sample(links, { numRuns: 1, seed: 1 })
  const [session] = fc.sample(sessions, { numRuns: 1, seed: 1 })
  if (!good || !link || !session) return expect.unreachable()
  const wrong: Partial<VoucherPayment>[] = [
    { cumulativeAmount: 2n ** 96n },
    { cumulativeAmount: -1n },
    { channelId: '0x11' },
    { signature: `0x${'2g'.repeat(65)}` },
    { priceTag: '0x00' },
  ]
  for (const change of wrong) expect(() => encodePayment({ ...good, ...change })).toThrow(PaymentHeaderError)
  for (const steps of [-1, 65_536, 1.5, Number.NaN])
    expect(() => encodePayment({ ...link, steps })).toThrow(PaymentHeaderError)
  for (const counter of [-1n, 2n ** 64n])
    expect(() => encodePayment({ ...session, counter })).toThrow(PaymentHeaderError)
})
