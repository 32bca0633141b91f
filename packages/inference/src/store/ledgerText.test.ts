import fc from 'fast-check'
import type { Hex } from 'viem'
import { expect, test } from 'vitest'
import { bookOf } from '~test/storeConformance.js'

import type { Ledger } from '../ledger/ledger.js'
import { StoreCorruptError } from './errors.js'
import { decodeLedger, encodeLedger } from './ledgerText.js'

const channelId: Hex = `0x${'11'.repeat(32)}`

test('default', () => {
  const book = bookOf(channelId)
  expect(decodeLedger(channelId, encodeLedger(book))).toEqual(book)
})

/** Any book that the types allow. */
function books(): fc.Arbitrary<Ledger> {
  const amount = fc.bigInt({ max: 2n ** 127n, min: 0n })
  const count = fc.maxSafeNat()
  const bytes = (length: number): fc.Arbitrary<Hex> =>
    fc
      .uint8Array({ maxLength: length, minLength: length })
      .map((array): Hex => `0x${Buffer.from(array).toString('hex')}`)
  const address = bytes(20)
  const hash = bytes(32)
  const orNone = <type>(some: fc.Arbitrary<type>) => fc.option(some, { nil: undefined })
  const id = fc.constant(channelId)
  return fc.record({
    authorized: amount,
    channel: fc.record({
      authorizedSigner: address,
      payee: address,
      payer: address,
      salt: hash,
      token: address,
    }),
    channelId: id,
    claim: orNone(fc.record({ by: fc.string(), until: count })),
    closeAt: count,
    credit: amount,
    deposit: amount,
    grants: fc.array(
      fc.record({
        charged: amount,
        counter: amount,
        expiry: amount,
        key: hash,
        keyId: bytes(8),
        limit: amount,
        seen: amount,
      }),
      { maxLength: 4 },
    ),
    margin: amount,
    receipt: orNone(
      fc.record({
        cachedInputTokens: count,
        channelId: id,
        cost: amount,
        cumulative: amount,
        inputTokens: count,
        modelHash: hash,
        outputTokens: count,
        policyHash: hash,
        priceTableHash: hash,
        reasoningTokens: count,
        requestHash: hash,
        responseHash: hash,
        sequence: amount,
      }),
    ),
    reserved: fc.array(
      fc.record({
        amount,
        attempt: orNone(fc.string()),
        delivered: amount,
        fingerprint: orNone(hash),
        grant: orNone(bytes(8)),
        requestId: fc.string({ unit: 'binary' }),
        writtenAt: count,
      }),
      { maxLength: 4 },
    ),
    sequence: amount,
    settled: amount,
    signature: orNone(bytes(65)),
    signer: address,
    spent: amount,
    status: fc.constantFrom('closed' as const, 'closing' as const, 'open' as const),
    stream: orNone(
      fc.record({
        base: amount,
        link: hash,
        maxSteps: count,
        root: hash,
        signature: bytes(65),
        steps: count,
        unit: amount,
      }),
    ),
    syncedAt: count,
    vouched: amount,
  })
}

test('property: every book reads as it was written', () => {
  fc.assert(
    fc.property(books(), (book) => {
      expect(decodeLedger(channelId, encodeLedger(book))).toEqual(book)
    }),
  )
})

test('property: a book with one field missing, added or altered in kind names that field', () => {
  fc.assert(
    fc.property(books(), fc.nat(), fc.constantFrom('add', 'alter', 'drop'), (book, index, change) => {
      const record = JSON.parse(encodeLedger(book)) as { ledger: Record<string, unknown> }
      // The one field that a book may do without.
      const fields = Object.keys(record.ledger).filter((name) => name !== 'claim' || change !== 'drop')
      const field = change === 'add' ? 'profit' : (fields[index % fields.length] ?? '')
      if (change === 'drop') delete record.ledger[field]
      else record.ledger[field] = true
      const read = () => decodeLedger(channelId, JSON.stringify(record))
      expect(read).toThrow(expect.objectContaining({ channelId, field: `ledger.${field}` }))
      expect(read).toThrow(StoreCorruptError)
    }),
  )
})

test('error: StoreCorruptError', () => {
  const text = encodeLedger(bookOf(channelId))
  const other: Hex = `0x${'22'.repeat(32)}`
  const fieldOf = (altered: string, id = channelId) => {
    try {
      decodeLedger(id, altered)
    } catch (error) {
      if (error instanceof StoreCorruptError) return error.field
      throw error
    }
    return 'none'
  }
  expect(fieldOf(text)).toBe('none')
  expect(fieldOf(text.slice(0, -1))).toBe('')
  expect(fieldOf('null')).toBe('')
  expect(fieldOf(text, other)).toBe('ledger.channelId')
  expect(fieldOf(text.replace('"version":1', '"version":2'))).toBe('version')
  for (const bad of ['"-1"', '"01"', '"1e3"', '1000', '""', '" 1"', `"${10n ** 39n}"`, 'null'])
    expect(fieldOf(text.replace('"deposit":"1000"', `"deposit":${bad}`))).toBe('ledger.deposit')
})
