import fc from 'fast-check'
import type { Hex } from 'viem'
import { expect, test } from 'vitest'
import { bob, carol, keys, mallory } from '~test/accounts.js'

import { hashChannel } from '../channel/hashChannel.js'
import { commit } from '../ledger/commit.js'
import { createLedger } from '../ledger/createLedger.js'
import type { Ledger } from '../ledger/ledger.js'
import { reserve } from '../ledger/reserve.js'
import { ReceiptSignerError } from '../receipt/errors.js'
import { emptyReceipt, type UsageReceipt } from '../receipt/receipt.js'
import { signReceipt } from '../receipt/signReceipt.js'
import { SignatureMalformedError } from '../signature/errors.js'
import { loadEngine } from '../signature/loadEngine.js'
import { privateKeyToSigner } from '../signature/privateKeyToSigner.js'
import { findContradiction } from './conflictProof.js'
import { decodeProof, encodeProof } from './encodeProof.js'
import { ProofInvalidError } from './errors.js'
import { proveConflict } from './proveConflict.js'
import { verifyConflict } from './verifyConflict.js'

const engine = await loadEngine()
const signer = privateKeyToSigner(keys.carol, { engine })
const domain = { chainId: 31_337, channels: '0x5FbDB2315678afecb367f032d93F642f64180aa3' } as const
const channel = {
  authorizedSigner: '0x0000000000000000000000000000000000000000',
  payee: carol.address,
  payer: bob.address,
  salt: `0x${'00'.repeat(31)}01`,
  token: '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512',
} as const
const channelId = hashChannel({ ...domain, channel })

const sign = async (changes: Partial<UsageReceipt>, account: typeof carol | typeof signer = signer) => {
  const receipt = { ...emptyReceipt(), channelId, ...changes }
  return { receipt, signature: await signReceipt(account, { ...domain, receipt }) }
}
const first = await sign({ cost: 5n, cumulative: 5n, sequence: 1n })
const forged = await sign({ cost: 9n, cumulative: 9n, sequence: 1n })
const accuse = (one: typeof first, other: typeof first) =>
  proveConflict({ ...domain, channel, engine, first: one, second: other })

test('default', async () => {
  const proof = accuse(first, forged)
  expect(proof).toMatchObject({ kind: 'sequence', signers: [carol.address, carol.address] })
  await verifyConflict(proof, { signer: carol.address })
  await verifyConflict(decodeProof(encodeProof(proof)) as typeof proof)
})

test('behavior: Mallory charges twice as much as her receipts add up to', async () => {
  const jump = await sign({ cost: 5n, cumulative: 15n, sequence: 2n })
  const proof = accuse(jump, first)
  expect(proof).toMatchObject({ first, kind: 'total', second: jump })
  await verifyConflict(proof)
  const back = await sign({ cost: 5n, cumulative: 9n, sequence: 7n })
  expect(accuse(first, back).kind).toBe('total')
})

test('property: whatever an honest book charges, no two of its receipts convict anybody', () => {
  const zero: Hex = `0x${'00'.repeat(32)}`
  const statement = { ...emptyReceipt(), priceTableHash: zero }
  const book: Ledger = {
    ...createLedger({
      channel,
      channelId,
      margin: 0n,
      signer: bob.address,
      state: { closeAt: 0, closed: false, deposit: 10n ** 9n, settled: 0n },
      syncedAt: 1,
    }),
    authorized: 10n ** 9n,
  }
  const charge = fc.record({ cost: fc.bigInt({ max: 1_000n, min: 0n }), stated: fc.boolean() })
  fc.assert(
    fc.property(fc.array(charge, { maxLength: 12 }), (charges) => {
      let ledger = book
      const receipts: UsageReceipt[] = []
      for (const { cost, stated } of charges) {
        ledger = reserve(ledger, { amount: 1_000n, requestId: 'a', writtenAt: 1 })
        ledger = commit(ledger, { cost, requestId: 'a', statement: stated ? statement : undefined })
        if (ledger.receipt) receipts.push(ledger.receipt)
      }
      for (const one of receipts)
        for (const other of receipts) expect(findContradiction(one, other)).toBeUndefined()
    }),
  )
})

test('property: a proof survives its text, and no altered field convicts', async () => {
  const amounts = fc.bigInt({ max: 2n ** 100n, min: 0n })
  const property = fc.asyncProperty(amounts, amounts, fc.boolean(), async (one, other, swap) => {
    fc.pre(one !== other)
    const pair = [
      await sign({ cumulative: one, sequence: 3n }),
      await sign({ cumulative: other, sequence: 3n }),
    ]
    const [a = first, b = first] = swap ? pair.toReversed() : pair
    const proof = accuse(a, b)
    const read = decodeProof(encodeProof(proof))
    if (read.kind === 'overcapture') return expect.unreachable()
    await verifyConflict(read, { engine })
    const altered = {
      ...read.second,
      receipt: { ...read.second.receipt, cost: read.second.receipt.cost + 1n },
    }
    await expect(verifyConflict({ ...read, second: altered }, { engine })).rejects.toBeInstanceOf(
      ReceiptSignerError,
    )
    await expect(verifyConflict({ ...read, chainId: 1 }, { engine })).rejects.toBeInstanceOf(
      ProofInvalidError,
    )
    await expect(verifyConflict({ ...read, kind: 'total' }, { engine })).rejects.toBeInstanceOf(
      ProofInvalidError,
    )
  })
  await fc.assert(property, { numRuns: 10 })
})

test('error: ProofInvalidError', async () => {
  expect(() => accuse(first, first)).toThrow(ProofInvalidError)
  // The same statement signed by another key is no other statement.
  const again = await sign({ cost: 5n, cumulative: 5n, sequence: 1n }, mallory)
  expect(() => accuse(first, again)).toThrow(ProofInvalidError)
  const foreign = await sign({ channelId: `0x${'22'.repeat(32)}`, sequence: 1n })
  expect(() => accuse(first, foreign)).toThrow(ProofInvalidError)
  const honest = await sign({ cost: 5n, cumulative: 10n, sequence: 2n })
  expect(() => accuse(first, honest)).toThrow(ProofInvalidError)
  for (const text of ['', '{}', 'null', '{"version":2}', `{"version":1,"x":"${'x'.repeat(20_000)}"}`])
    expect(() => decodeProof(text)).toThrow(ProofInvalidError)
})

test('error: ReceiptSignerError, when Mallory frames Carol with a receipt of her own', async () => {
  const framed = await sign({ cost: 9n, cumulative: 9n, sequence: 1n }, mallory)
  const proof = accuse(first, framed)
  expect(proof.signers).toEqual([carol.address, mallory.address])
  await expect(verifyConflict(proof, { signer: carol.address })).rejects.toBeInstanceOf(ReceiptSignerError)
  const lying = { ...proof, signers: [carol.address, carol.address] } as const
  await expect(verifyConflict(lying)).rejects.toBeInstanceOf(ReceiptSignerError)
})

test('error: SignatureMalformedError', () => {
  expect(() => accuse(first, { ...forged, signature: '0x12' })).toThrow(SignatureMalformedError)
})
