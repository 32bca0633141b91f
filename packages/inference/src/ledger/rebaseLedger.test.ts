import fc from 'fast-check'
import { expect, test } from 'vitest'

import { larger, smaller } from '../internal/compare.js'
import { claimSettlement, yieldSettlement } from './claimSettlement.js'
import { createLedger } from './createLedger.js'
import type { Ledger } from './ledger.js'
import { rebaseLedger } from './rebaseLedger.js'
import { syncLedger } from './syncLedger.js'

const payer = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const state = { closeAt: 0, closed: false, deposit: 1_000n, settled: 0n }
const fresh = createLedger({
  channel: { authorizedSigner: payer, payee: payer, payer, salt: `0x${'00'.repeat(32)}`, token: payer },
  channelId: `0x${'11'.repeat(32)}`,
  margin: 100n,
  signer: payer,
  state,
  syncedAt: 1,
})
const used: Ledger = { ...fresh, authorized: 800n, settled: 300n, spent: 500n, vouched: 800n }
const rebase = (ledger: Ledger, changes: Partial<typeof state>) =>
  rebaseLedger(ledger, { state: { ...state, ...changes }, syncedAt: 5_000 })

test('default', () => {
  expect(rebase(used, { settled: 200n })).toMatchObject({ settled: 200n, spent: 500n, status: 'open' })
  // What a slow node says changes nothing, as long as nobody is sure.
  expect(syncLedger(used, { state: { ...state, settled: 200n }, syncedAt: 5_000 }).settled).toBe(300n)
})

test('behavior: an exit that vanished is over, an exit that came is on', () => {
  const leaving = syncLedger(used, { state: { ...state, closeAt: 99 }, syncedAt: 2 })
  expect(leaving).toMatchObject({ closeAt: 99, status: 'closing' })
  expect(syncLedger(leaving, { state, syncedAt: 3 })).toMatchObject({ closeAt: 99, status: 'closing' })
  expect(rebase(leaving, {})).toMatchObject({ closeAt: 0, status: 'open' })
  expect(rebase(used, { closeAt: 99 })).toMatchObject({ closeAt: 99, status: 'closing' })
})

test('behavior: a deposit that no longer covers what was authorized stops credit', () => {
  const gone = rebase(used, { deposit: 0n, settled: 0n })
  expect(gone).toMatchObject({ authorized: 800n, closeAt: 5, deposit: 900n, spent: 500n, status: 'closing' })
  expect(rebase(gone, { settled: 300n })).toMatchObject({ closeAt: 0, deposit: 1_000n, status: 'open' })
  expect(rebase({ ...used, deposit: 2_000n }, {})).toMatchObject({ deposit: 1_000n, status: 'open' })
})

test('behavior: a book that ended is paid, and never served again', () => {
  const closed: Ledger = { ...used, settled: 500n, status: 'closed' }
  expect(rebase(closed, { settled: 300n })).toMatchObject({ settled: 300n, status: 'closing' })
  expect(rebase(closed, { settled: 500n })).toMatchObject({ settled: 500n, status: 'closed' })
  expect(rebase(used, { closed: true, settled: 500n })).toMatchObject({ settled: 500n, status: 'closed' })
})

test('behavior: one process claims a settlement, until it lapses or is given back', () => {
  const first = claimSettlement(used, { by: 'a', now: 10, until: 20 })
  if (!first) throw new TypeError('Nobody held it.')
  expect(claimSettlement(first, { by: 'b', now: 19, until: 30 })).toBeUndefined()
  expect(claimSettlement(first, { by: 'a', now: 19, until: 30 })?.claim).toEqual({ by: 'a', until: 30 })
  expect(claimSettlement(first, { by: 'b', now: 20, until: 30 })?.claim?.by).toBe('b')
  expect(yieldSettlement(first, { by: 'b' })).toBe(first)
  expect(yieldSettlement(first, { by: 'a' })).toEqual(used)
})

test('property: whatever vanishes, spending and authority stay, and authority stays covered', () => {
  const amount = fc.bigInt({ max: 2_000n, min: 0n })
  const told = fc.record({ closeAt: fc.nat(9), closed: fc.boolean(), deposit: amount, settled: amount })
  fc.assert(
    fc.property(fc.array(told, { maxLength: 8 }), fc.boolean(), (states, sure) => {
      let ledger = used
      for (const news of states) {
        const state = { ...news, settled: smaller(news.settled, news.deposit) }
        const next = (sure ? rebaseLedger : syncLedger)(ledger, { state, syncedAt: 7 })
        expect(next.spent).toBeGreaterThanOrEqual(ledger.spent)
        expect(next.authorized).toBeGreaterThanOrEqual(ledger.authorized)
        expect(next.settled).toBeLessThanOrEqual(next.spent)
        const cover = next.deposit - next.margin
        expect(next.authorized).toBeLessThanOrEqual(larger(cover, next.spent))
        if (!state.closed && state.deposit < ledger.authorized && sure) expect(next.status).not.toBe('open')
        ledger = next
      }
    }),
  )
})
