import { zeroAddress } from 'viem'
import { expect, test } from 'vitest'

import { commit } from './commit.js'
import { createLedger } from './createLedger.js'
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

test('default: a new channel is numbered from 1', () => {
  expect(open({}).sequence).toBe(0n)
})

test('behavior: no number is given twice after a book was lost', () => {
  const before = open({ lost: true })
  const charged = commit(
    reserve({ ...before, authorized: 100n }, { amount: 1n, requestId: 'a', writtenAt: 1 }),
    {
      cost: 1n,
      requestId: 'a',
      statement: undefined,
    },
  )
  for (const again of [
    open({ lost: true, syncedAt: 1_795_000_000_001 }),
    open({ syncedAt: 1_795_000_000_001 }, 1n),
  ])
    expect(again.sequence).toBeGreaterThan(charged.sequence)
  expect(charged.sequence).toBeLessThan(2n ** 64n)
})
