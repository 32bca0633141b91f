import { AitokenError } from '@aitoken/core'
import fc from 'fast-check'
import type { Hex } from 'viem'
import { expect, test } from 'vitest'
import { bookOf } from '~test/storeConformance.js'

import {
  GrantExpiredError,
  GrantLimitError,
  GrantReplayedError,
  GrantsFullError,
  GrantUnknownError,
} from '../grant/errors.js'
import { StreamLinkError, StreamReplayedError, StreamUncoveredError } from '../stream/errors.js'
import { acceptGrant, acceptNumber, availableTo, maxGrants } from './acceptGrant.js'
import { acceptLink } from './acceptLink.js'
import { acceptVoucher, coverSpent } from './acceptVoucher.js'
import { beginClose } from './close.js'
import { commit } from './commit.js'
import { ChannelEndingError, VoucherLoweredError, VoucherOverdrawnError } from './errors.js'
import { extend } from './extend.js'
import { availableCredit, coverOf, type Ledger, type RevealedStream, sumReserved } from './ledger.js'
import { planCapture } from './planCapture.js'
import { release, sweep } from './release.js'
import { reserve } from './reserve.js'

const channelId = `0x${'01'.repeat(32)}` as const
const signature = `0x${'22'.repeat(65)}` as const
const keyId = '0x3333333333333333'
const fresh: Ledger = {
  ...bookOf(channelId, 0n),
  credit: 50n,
  deposit: 1_000n,
  margin: 100n,
  signature: undefined,
}

const hashOf = (name: number) => `0x${name.toString(16).padStart(64, '0')}` as const
const chainOf = (name: number, steps: number, terms: Partial<RevealedStream> = {}): RevealedStream => {
  const link = hashOf(1_000 * name + steps)
  return { base: 0n, link, maxSteps: 64, root: hashOf(name), signature, steps, unit: 10n, ...terms }
}
const grantOf = (name: Hex = keyId, limit = 400n) => ({
  grant: { expiry: 100n, key: hashOf(9), keyId: name, limit } as const,
  now: 1n,
})

test('default: links raise the credit, and the chain pays whole units of what was spent', () => {
  const linked = acceptLink(acceptLink(fresh, chainOf(1, 2)), chainOf(1, 7))
  expect(linked).toMatchObject({ authorized: 70n, vouched: 0n })
  const charged = commit(reserve(linked, { amount: 60n, requestId: 'a', writtenAt: 1 }), {
    cost: 46n,
    requestId: 'a',
    statement: undefined,
  })
  expect(planCapture(charged)).toEqual({ amount: 40n, steps: 4 })
  // A voucher below the chain covers it without new credit; the last one, for what was spent, covers all.
  const covered = acceptVoucher(charged, { cumulativeAmount: 41n, signature })
  expect(covered).toMatchObject({ authorized: 70n, vouched: 41n })
  expect(planCapture(covered)).toEqual({ amount: 41n, steps: 0 })
  const last = coverSpent(covered, { cumulativeAmount: 46n, signature })
  expect(planCapture(last)).toEqual({ amount: 46n, steps: 0 })
  expect(coverSpent(last, { cumulativeAmount: 45n, signature })).toBe(last)
})

test('error: links that pay for nothing new, or more than there is', () => {
  const linked = acceptLink(fresh, chainOf(1, 7))
  const failing = [
    [chainOf(1, 7), StreamReplayedError],
    [chainOf(1, 3), StreamReplayedError],
    [chainOf(1, 65), StreamLinkError],
    [chainOf(2, 8), StreamUncoveredError],
    [chainOf(2, 9, { base: 71n }), StreamUncoveredError],
  ] as const
  for (const [stream, error] of failing) expect(() => acceptLink(linked, stream)).toThrow(error)
  const vouched = acceptVoucher(linked, { cumulativeAmount: 200n, signature })
  expect(() => acceptLink(vouched, chainOf(1, 8))).toThrow(VoucherLoweredError)
  expect(acceptLink(vouched, chainOf(2, 1, { base: 200n })).authorized).toBe(210n)
  expect(() => acceptLink(vouched, chainOf(2, 1, { base: 201n }))).toThrow(StreamUncoveredError)
  const dear = chainOf(2, 2, { base: 200n, unit: 400n })
  expect(() => acceptLink(vouched, dear)).toThrow(VoucherOverdrawnError)
  expect(() => acceptLink(beginClose(linked), chainOf(1, 8))).toThrow(ChannelEndingError)
})

test('error: sessions beyond their number, time, limit and numbers', () => {
  let ledger = acceptGrant(acceptVoucher(fresh, { cumulativeAmount: 800n, signature }), grantOf())
  for (let index = 1; index < maxGrants; index++) ledger = acceptGrant(ledger, grantOf(`0x${index}`))
  expect(() => acceptGrant(ledger, grantOf('0x9'))).toThrow(GrantsFullError)
  expect(() => acceptGrant(ledger, { ...grantOf(), now: 100n })).toThrow(GrantExpiredError)
  expect(() => acceptNumber(ledger, { counter: 1n, keyId: '0x9', now: 1n })).toThrow(GrantUnknownError)
  expect(() => acceptNumber(ledger, { counter: 1n, keyId, now: 100n })).toThrow(GrantExpiredError)
  ledger = acceptNumber(ledger, { counter: 100n, keyId, now: 1n })
  for (const counter of [100n, 36n, 0n])
    expect(() => acceptNumber(ledger, { counter, keyId, now: 1n })).toThrow(GrantReplayedError)
  ledger = acceptNumber(ledger, { counter: 37n, keyId, now: 1n })
  expect(() => acceptNumber(ledger, { counter: 37n, keyId, now: 1n })).toThrow(GrantReplayedError)
  expect(() => acceptGrant(beginClose(ledger), grantOf())).toThrow(ChannelEndingError)

  const request = { amount: 300n, grant: keyId, requestId: 'a', writtenAt: 1 } as const
  const held = reserve(ledger, request)
  expect(availableTo(held, 'a')).toBe(100n)
  expect(() => reserve(held, { ...request, amount: 101n, requestId: 'b' })).toThrow(GrantLimitError)
  const more = { amount: 401n, delivered: 0n, requestId: 'a', writtenAt: 2 }
  expect(() => extend(held, more)).toThrow(GrantLimitError)
})

test('property: whatever pays in whatever order, no more is used than was authorized and lent', () => {
  const amount = fc.bigInt({ max: 150n, min: -5n })
  const requestId = fc.constantFrom('a', 'b', 'c', 'd')
  const name = fc.constantFrom('0x1', '0x2', undefined)
  const step = fc.oneof(
    fc.record({ amount, kind: fc.constant('voucher' as const) }),
    fc.record({
      base: fc.option(amount, { nil: undefined }),
      chain: fc.nat(3),
      kind: fc.constant('link' as const),
      more: fc.integer({ max: 20, min: -2 }),
      unit: fc.bigInt({ max: 20n, min: 1n }),
    }),
    fc.record({ kind: fc.constant('grant' as const), limit: fc.bigInt({ max: 500n, min: 0n }), name }),
    fc.record({ counter: fc.bigInt({ max: 80n, min: 0n }), kind: fc.constant('number' as const), name }),
    fc.record({ amount, kind: fc.constant('reserve' as const), name, requestId }),
    fc.record({ amount, delivered: amount, kind: fc.constant('extend' as const), requestId }),
    fc.record({ amount, kind: fc.constant('commit' as const), requestId }),
    fc.record({ kind: fc.constant('release' as const), requestId }),
    fc.record({ kind: fc.constant('last word' as const) }),
    fc.record({ kind: fc.constant('sweep' as const) }),
  )
  const apply = (ledger: Ledger, change: typeof step extends fc.Arbitrary<infer value> ? value : never) => {
    switch (change.kind) {
      case 'voucher':
        return acceptVoucher(ledger, { cumulativeAmount: ledger.authorized + change.amount, signature })
      case 'link': {
        const { base = ledger.vouched, chain, more, unit } = change
        const known = ledger.stream?.root === hashOf(chain) ? ledger.stream.steps : 0
        return acceptLink(ledger, chainOf(chain, Math.max(1, known + more), { base, unit }))
      }
      case 'grant':
        return acceptGrant(ledger, grantOf(change.name ?? keyId, change.limit))
      case 'number':
        return acceptNumber(ledger, { counter: change.counter, keyId: change.name ?? keyId, now: 1n })
      case 'reserve': {
        const { name: grant, ...request } = change
        // Only requests whose code was checked come under a session, so there is one.
        const granted = ledger.grants.some((held) => held.keyId === grant) ? grant : undefined
        return reserve(ledger, { ...request, grant: granted, writtenAt: 1 })
      }
      case 'extend':
        return extend(ledger, { ...change, writtenAt: 2 })
      case 'commit':
        return commit(ledger, { cost: change.amount, requestId: change.requestId, statement: undefined })
      case 'release':
        return release(ledger, change)
      case 'last word':
        return coverSpent(ledger, { cumulativeAmount: ledger.spent, signature })
      case 'sweep':
        return sweep(ledger, { before: 2 })
    }
  }
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      let ledger = fresh
      for (const change of steps) {
        let next = ledger
        try {
          next = apply(ledger, change)
        } catch (error) {
          expect(AitokenError.is(error)).toBe(true)
        }
        expect(next.authorized).toBeGreaterThanOrEqual(ledger.authorized)
        expect(next.vouched).toBeGreaterThanOrEqual(ledger.vouched)
        expect(next.vouched).toBeLessThanOrEqual(next.authorized)
        expect(next.authorized).toBeLessThanOrEqual(coverOf(next))
        const used = next.spent + sumReserved(next)
        expect(used).toBeLessThanOrEqual(coverOf(next))
        expect(used - next.authorized).toBeLessThanOrEqual(next.credit)
        for (const { charged, limit } of next.grants) expect(charged).toBeLessThanOrEqual(limit)
        // Nothing without a session uses more than was authorized.
        if (next.grants.length === 0) expect(availableCredit(next)).toBeGreaterThanOrEqual(0n)
        const { amount: captured } = planCapture(next)
        expect(captured).toBeLessThanOrEqual(next.spent)
        const unit = next.stream?.unit ?? 1n
        expect(next.spent - captured).toBeLessThan(unit + next.credit)
        ledger = next
      }
    }),
    { numRuns: 1_000 },
  )
})
