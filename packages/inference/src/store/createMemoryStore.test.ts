import type { Hex } from 'viem'
import { expect, test } from 'vitest'
import { bookOf, testStore } from '~test/storeConformance.js'

import { createMemoryStore } from './createMemoryStore.js'

testStore(async () => ({ store: createMemoryStore() }))

test('behavior: of the answers of all channels together the oldest make room', async () => {
  const store = createMemoryStore({ maxAnswersBytes: 25 })
  const id = (index: number): Hex => `0x${index.toString(16).padStart(64, '0')}`
  const keep = (index: number, length: number) =>
    store.transact(id(index), () => ({
      answer: { body: new Uint8Array(length), expiresAt: 2, fingerprint: id(0), requestId: 'a' },
      ledger: bookOf(id(index)),
      result: undefined,
    }))
  const find = async () => {
    const found = await Promise.all([1, 2, 3, 4].map((index) => store.findAnswer(id(index), 'a', 1)))
    return found.map((answer) => answer?.body.length)
  }
  for (const index of [1, 2, 3]) await keep(index, 10)
  expect(await find()).toEqual([undefined, 10, 10, undefined])
  await keep(2, 5)
  await keep(4, 10)
  expect(await find()).toEqual([undefined, 5, 10, 10])
  await keep(1, 26)
  expect(await find()).toEqual([undefined, undefined, undefined, undefined])
})
