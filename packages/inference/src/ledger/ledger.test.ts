import { AitokenError } from '@aitoken/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bookOf } from '~test/storeConformance.js'
import { emptyReceipt } from '../receipt/receipt.js'

import { acceptVoucher } from './acceptVoucher.js'
import { beginClose, cancelClose, endClose, noteSettlement } from './close.js'
import { commit } from './commit.js'
import {
  ChannelBusyError,
  ChannelEndingError,
  CreditInsufficientError,
  ReservationError,
  VoucherLoweredError,
  VoucherOverdrawnError,
  VoucherReplayedError,
} from './errors.js'
import { extend } from './extend.js'
import { availableCredit, type Ledger, sumReserved } from './ledger.js'
import { release, sweep } from './release.js'
import { reserve } from './reserve.js'
import { syncLedger } from './syncLedger.js'

const channelId = `0x${'01'.repeat(32)}` as const
const signature = `0x${'22'.repeat(65)}` as const
const book = bookOf(channelId)
const deep: Ledger = { ...book, deposit: 10_000n, margin: 100n }

test('default', () => {
  const held = reserve(book, { amount: 400n, requestId: 'a', writtenAt: 1 })
  expect(availableCredit(held)).toBe(600n)
  const charged = commit(held, { cost: 150n, requestId: 'a', statement: undefined })
  expect(charged).toMatchObject({ reserved: [], sequence: 1n, spent: 150n })
  expect(availableCredit(charged)).toBe(850n)
})

test('error: VoucherReplayedError, VoucherLoweredError, VoucherOverdrawnError', () => {
  const accept = (cumulativeAmount: bigint) => () => acceptVoucher(deep, { cumulativeAmount, signature })
  expect(accept(1_000n)).toThrow(VoucherReplayedError)
  expect(accept(999n)).toThrow(VoucherLoweredError)
  expect(accept(9_901n)).toThrow(VoucherOverdrawnError)
  expect(accept(9_900n)().authorized).toBe(9_900n)
})

test('error: CreditInsufficientError', () => {
  const held = reserve(book, { amount: 900n, requestId: 'a', writtenAt: 1 })
  const more = () => reserve(held, { amount: 101n, requestId: 'b', writtenAt: 1 })
  expect(more).toThrow(CreditInsufficientError)
  expect(more).toThrow(expect.objectContaining({ available: 100n, needed: 101n, required: 1_001n }))
})

test('error: ReservationError', () => {
  const held = reserve(book, { amount: 10n, requestId: 'a', writtenAt: 1 })
  const failing = [
    () => reserve(held, { amount: 10n, requestId: 'a', writtenAt: 1 }),
    () => reserve(held, { amount: -1n, requestId: 'b', writtenAt: 1 }),
    () => commit(held, { cost: 11n, requestId: 'a', statement: undefined }),
    () => commit(held, { cost: -1n, requestId: 'a', statement: undefined }),
    () => commit(held, { cost: 1n, requestId: 'b', statement: undefined }),
    () => release(held, { requestId: 'b' }),
    () => extend(held, { amount: 9n, delivered: 0n, requestId: 'a', writtenAt: 2 }),
    () => extend(held, { amount: 20n, delivered: 21n, requestId: 'a', writtenAt: 2 }),
    () => extend(held, { amount: 20n, delivered: 0n, requestId: 'b', writtenAt: 2 }),
  ]
  for (const fail of failing) expect(fail).toThrow(ReservationError)
})

test('behavior: a channel that closes takes nothing new', () => {
  const held = reserve(book, { amount: 10n, requestId: 'a', writtenAt: 1 })
  expect(() => beginClose(held)).toThrow(ChannelBusyError)
  const closing = beginClose(commit(held, { cost: 10n, requestId: 'a', statement: undefined }))
  expect(() => reserve(closing, { amount: 1n, requestId: 'b', writtenAt: 1 })).toThrow(ChannelEndingError)
  expect(() => acceptVoucher(closing, { cumulativeAmount: 5_000n, signature })).toThrow(ChannelEndingError)
  expect(cancelClose(closing).status).toBe('open')
  const closed = endClose(closing)
  expect(closed).toMatchObject({ settled: 10n, status: 'closed' })
  expect(() => beginClose(closed)).toThrow(ChannelEndingError)
})

test('behavior: an announced exit stops credit, and a top-up brings it back', () => {
  const sync = (ledger: Ledger, closeAt: number, deposit: bigint) =>
    syncLedger(ledger, { state: { closeAt, closed: false, deposit, settled: 0n }, syncedAt: 2 })
  const leaving = sync(book, 1_800_000_000, 1_000n)
  expect(leaving.status).toBe('closing')
  expect(cancelClose(leaving).status).toBe('closing')
  expect(sync(leaving, 0, 2_000n)).toMatchObject({ deposit: 2_000n, status: 'open' })
})

test('behavior: an old answer of the chain takes nothing back', () => {
  const settled = noteSettlement({ ...book, spent: 500n }, 500n)
  const synced = syncLedger(settled, {
    state: { closeAt: 0, closed: false, deposit: 10n, settled: 20n },
    syncedAt: 2,
  })
  expect(synced).toMatchObject({ deposit: 1_000n, settled: 500n, spent: 500n })
})

test('behavior: what a crash left behind is charged for what was delivered', () => {
  const held = reserve(book, { amount: 100n, requestId: 'dead', writtenAt: 1 })
  const extended = extend(held, { amount: 200n, delivered: 60n, requestId: 'dead', writtenAt: 5 })
  const both = reserve(extended, { amount: 100n, requestId: 'alive', writtenAt: 50 })
  const swept = sweep(both, { before: 10 })
  expect(swept.spent).toBe(60n)
  // It is owned up to: who paid sees a receipt of the new total, which names no prices.
  expect(swept.receipt).toEqual({
    ...emptyReceipt(),
    channelId: book.channelId,
    cost: 60n,
    cumulative: 60n,
    sequence: swept.sequence,
  })
  expect(swept.reserved.map(({ requestId }) => requestId)).toEqual(['alive'])
})

test('property: whatever happens in whatever order, credit is never exceeded and spending never falls', () => {
  const amount = fc.bigInt({ max: 1_500n, min: -5n })
  const requestId = fc.constantFrom('a', 'b', 'c', 'd')
  const step = fc.oneof(
    fc.record({ amount, kind: fc.constant('voucher' as const) }),
    fc.record({ amount, kind: fc.constant('reserve' as const), requestId }),
    fc.record({ amount, delivered: amount, kind: fc.constant('extend' as const), requestId }),
    fc.record({ amount, kind: fc.constant('commit' as const), requestId }),
    fc.record({ kind: fc.constant('release' as const), requestId }),
    fc.record({ kind: fc.constant('sweep' as const) }),
    fc.record({ amount: fc.bigInt({ max: 9_000n, min: 1_000n }), kind: fc.constant('topUp' as const) }),
    fc.record({ amount: fc.bigInt({ max: 900n, min: 0n }), kind: fc.constant('settled' as const) }),
  )
  const apply = (
    ledger: Ledger,
    change: typeof step extends fc.Arbitrary<infer value> ? value : never,
  ): Ledger => {
    switch (change.kind) {
      case 'voucher':
        return acceptVoucher(ledger, { cumulativeAmount: ledger.authorized + change.amount, signature })
      case 'reserve':
        return reserve(ledger, { ...change, writtenAt: 1 })
      case 'extend':
        return extend(ledger, { ...change, writtenAt: 2 })
      case 'commit':
        return commit(ledger, { cost: change.amount, requestId: change.requestId, statement: undefined })
      case 'release':
        return release(ledger, change)
      case 'sweep':
        return sweep(ledger, { before: 2 })
      case 'topUp': {
        const state = { closeAt: 0, closed: false, deposit: change.amount, settled: ledger.settled }
        return syncLedger(ledger, { state, syncedAt: 2 })
      }
      case 'settled':
        return change.amount <= ledger.spent ? noteSettlement(ledger, change.amount) : ledger
    }
  }
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let ledger: Ledger = { ...deep, authorized: 0n, deposit: 1_100n, vouched: 0n }
      for (const change of steps) {
        const frozen = structuredClone(ledger)
        let next = ledger
        try {
          next = apply(ledger, change)
        } catch (error) {
          expect(AitokenError.is(error)).toBe(true)
        }
        // Never edited in place, also when it failed.
        expect(ledger).toEqual(frozen)
        expect(next.spent).toBeGreaterThanOrEqual(ledger.spent)
        expect(next.authorized).toBeGreaterThanOrEqual(ledger.authorized)
        expect(next.spent + sumReserved(next)).toBeLessThanOrEqual(next.authorized)
        expect(next.authorized).toBeLessThanOrEqual(next.deposit - next.margin)
        expect(next.settled).toBeLessThanOrEqual(next.spent)
        ledger = next
      }
    }),
    { numRuns: 500 },
  )
})
