import { zeroAddress } from 'viem'
import { expect, test } from 'vitest'

import { commit } from './commit.js'
import { createLedger } from './createLedger.js'
import type { Ledger } from './ledger.js'
import { reserve } from './reserve.js'

const signer = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const channelId = `0x${'01'.repeat(32)}` as const
const channel = {
  authorizedSigner: zeroAddress,
  payee: signer,
  payer: signer,
  salt: `0x${'00'.repeat(32)}`,
  token: signer,
} as const
const open = (changes: Partial<createLedger.Parameters>, settled = 0n) =>
  createLedger({
    channel,
    channelId,
    credit: 100n,
    margin: 0n,
    signer,
    state: { closeAt: 0, closed: false, deposit: 1_000n, settled },
    syncedAt: 1_795_000_000_000,
    ...changes,
  })

const charge = (book: Ledger) => {
  const held = reserve({ ...book, authorized: 100n }, { amount: 1n, requestId: 'a', writtenAt: 1 })
  return commit(held, { cost: 1n, requestId: 'a', statement: undefined })
}

test('default: a new book counts from the time at which it began', () => {
  const fresh = open({})
  expect(fresh.sequence).toBe(1_795_000_000_000_000n)
  const first = charge(fresh)
  expect(first.sequence).toBe(1_795_000_000_000_001n)
  expect(charge(first).sequence).toBe(1_795_000_000_000_002n)
  expect(first.sequence).toBeLessThan(2n ** 63n)
})

test('behavior: no number is given twice after a book was lost, whether anything was settled or not', () => {
  let lost = open({})
  for (let count = 0; count < 50; count++) lost = charge(lost)
  for (const settled of [0n, 1n])
    expect(open({ syncedAt: 1_795_000_000_001 }, settled).sequence).toBeGreaterThan(lost.sequence)
})
