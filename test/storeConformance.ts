import {
  createLedger,
  type Ledger,
  type LedgerStore,
  release,
  reserve,
  StoreClosedError,
  type StoredAnswer,
} from '@aitoken/inference'
import type { Hex } from 'viem'
import { expect, test } from 'vitest'

import { deferred } from './deferred.js'

/** A store and what the suite needs to shake it. */
export type StoreUnderTest = {
  /** Opens another handle on the same books, as a second process would. Not given when there can be none. */
  reopen?: (() => Promise<LedgerStore>) | undefined
  store: LedgerStore
}

/** Every book of a store. */
export async function listAll(store: LedgerStore): Promise<readonly Ledger[]> {
  const books: Ledger[] = []
  for await (const book of store.list()) books.push(book)
  return books
}

/** An answer to keep. */
export function answerOf(requestId: string, changes: Partial<StoredAnswer> = {}): StoredAnswer {
  const expiresAt = Date.now() + 3_600_000
  return {
    body: new TextEncoder().encode(`Answer to ${requestId}`),
    expiresAt,
    fingerprint: `0x${'ab'.repeat(32)}`,
    requestId,
    ...changes,
  }
}

/** A book with so much credit, as a provider begins it. */
export function bookOf(channelId: Hex, credit = 1_000n): Ledger {
  const payer = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
  const zero = '0x0000000000000000000000000000000000000000'
  const ledger = createLedger({
    channel: { authorizedSigner: zero, payee: payer, payer, salt: `0x${'00'.repeat(32)}`, token: payer },
    channelId,
    margin: 0n,
    signer: payer,
    state: { closeAt: 0, closed: false, deposit: credit, settled: 0n },
    syncedAt: 0,
  })
  return { ...ledger, authorized: credit, signature: `0x${'11'.repeat(65)}`, vouched: credit }
}

/**
 * What every store of books must do, whatever it is made of. `create` gives each test an empty one.
 */
export function testStore(create: () => Promise<StoreUnderTest>): void {
  const id = (index: number): Hex => `0x${index.toString(16).padStart(64, '0')}`
  const read = (store: LedgerStore, channelId: Hex) =>
    store.transact(channelId, (ledger) => ({ ledger, result: ledger }))
  const write = (store: LedgerStore, ledger: Ledger) =>
    store.transact(ledger.channelId, () => ({ ledger, result: undefined }))

  test('default', async () => {
    const { store } = await create()
    expect(await read(store, id(1))).toBeUndefined()
    await write(store, bookOf(id(1)))
    expect(await read(store, id(1))).toEqual(bookOf(id(1)))
    expect(await read(store, id(2))).toBeUndefined()
  })

  test('behavior: keeps every field as it was', async () => {
    const { store } = await create()
    const zero: Hex = `0x${'00'.repeat(32)}`
    const receipt = {
      cachedInputTokens: 1,
      channelId: id(1),
      cost: 2n ** 96n - 1n,
      cumulative: 2n ** 96n - 1n,
      inputTokens: 2,
      modelHash: zero,
      outputTokens: 3,
      policyHash: zero,
      priceTableHash: zero,
      reasoningTokens: 0,
      requestHash: zero,
      responseHash: zero,
      sequence: 2n ** 63n,
    }
    const amount = 2n ** 96n - 1n
    const held = { amount, delivered: 1n, requestId: 'a', writtenAt: 1_795_000_000_000 }
    const named = { ...held, attempt: 'b-1', fingerprint: id(2), grant: zero, requestId: 'key-b' }
    const reserved = [held, named]
    const full: Ledger = { ...bookOf(id(1), amount), closeAt: 2 ** 39, receipt, reserved, status: 'closing' }
    await write(store, full)
    expect(await read(store, id(1))).toEqual(full)
  })

  test('behavior: a function that throws changes nothing', async () => {
    const { store } = await create()
    await write(store, bookOf(id(1)))
    const failing = store.transact(id(1), (ledger) => {
      if (ledger) reserve(ledger, { amount: 10n, requestId: 'a', writtenAt: 1 })
      throw new RangeError('Mallory pulls the plug')
    })
    await expect(failing).rejects.toBeInstanceOf(RangeError)
    expect(await read(store, id(1))).toEqual(bookOf(id(1)))
    const first = store.transact(id(2), () => {
      throw new RangeError('Mallory pulls the plug')
    })
    await expect(first).rejects.toBeInstanceOf(RangeError)
    expect(await read(store, id(2))).toBeUndefined()
  })

  test('behavior: concurrent writers never lose a change', async () => {
    const { reopen, store } = await create()
    const other = (await reopen?.()) ?? store
    await write(store, bookOf(id(1)))
    await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        (index % 2 ? store : other).transact(id(1), (ledger) => {
          if (!ledger) throw new RangeError('The book is gone')
          const next = reserve(ledger, { amount: 10n, requestId: `${index}`, writtenAt: 1 })
          return { ledger: next, result: undefined }
        }),
      ),
    )
    const book = await read(other, id(1))
    expect(book?.reserved.map(({ requestId }) => Number(requestId)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 100 }, (_, index) => index),
    )
  })

  test('behavior: of writers that compete for the last credit, one wins', async () => {
    const { reopen, store } = await create()
    const other = (await reopen?.()) ?? store
    await write(store, bookOf(id(1), 10n))
    const attempts = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 ? store : other).transact(id(1), (ledger) => {
          if (!ledger) throw new RangeError('The book is gone')
          return {
            ledger: reserve(ledger, { amount: 10n, requestId: `${index}`, writtenAt: 1 }),
            result: index,
          }
        }),
      ),
    )
    const winners = attempts.filter(({ status }) => status === 'fulfilled')
    expect(winners).toHaveLength(1)
  })

  test('behavior: books are apart', async () => {
    const { store } = await create()
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => write(store, bookOf(id(index), BigInt(index)))),
    )
    await store.transact(id(7), (ledger) => ({
      ledger: ledger && { ...ledger, spent: 7n },
      result: undefined,
    }))
    expect((await read(store, id(7)))?.spent).toBe(7n)
    expect((await read(store, id(8)))?.spent).toBe(0n)
  })

  test('behavior: lists every book once, also while they change', async () => {
    const { store } = await create()
    await Promise.all(Array.from({ length: 120 }, (_, index) => write(store, bookOf(id(index)))))
    const seen = new Set<Hex>()
    for await (const { channelId } of store.list()) {
      expect(seen.has(channelId)).toBe(false)
      seen.add(channelId)
      await store.transact(channelId, (ledger) => ({
        ledger: ledger && { ...ledger, spent: 1n },
        result: undefined,
      }))
    }
    expect(seen.size).toBe(120)
  })

  test('behavior: what was handed out does not change afterwards', async () => {
    const { store } = await create()
    await write(store, bookOf(id(1)))
    const before = await store.transact(id(1), (ledger) => {
      if (!ledger) throw new RangeError('The book is gone')
      const next = reserve(ledger, { amount: 10n, requestId: 'a', writtenAt: 1 })
      return { ledger: next, result: next }
    })
    await store.transact(id(1), (ledger) => ({
      ledger: ledger && release(ledger, { requestId: 'a' }),
      result: undefined,
    }))
    expect(before.reserved).toHaveLength(1)
  })

  const keep = (store: LedgerStore, channelId: Hex, answer: StoredAnswer) =>
    store.transact(channelId, (ledger) => ({ answer, ledger, result: undefined }))

  test('behavior: keeps answers until they expire, each with its channel', async () => {
    const { reopen, store } = await create()
    const body = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256)
    const answer = answerOf('a', { body })
    await write(store, bookOf(id(1)))
    await keep(store, id(1), answer)
    const reader = (await reopen?.()) ?? store
    expect(await reader.findAnswer(id(1), 'a', Date.now())).toEqual(answer)
    expect(await reader.findAnswer(id(1), 'a', answer.expiresAt - 1)).toEqual(answer)
    expect(await reader.findAnswer(id(1), 'a', answer.expiresAt)).toBeUndefined()
    expect(await reader.findAnswer(id(1), 'b', Date.now())).toBeUndefined()
    expect(await reader.findAnswer(id(2), 'a', Date.now())).toBeUndefined()
  })

  test('behavior: keeps the last 64 answers of a channel', async () => {
    const { store } = await create()
    await write(store, bookOf(id(1)))
    await keep(store, id(2), answerOf('0'))
    for (let index = 0; index < 65; index++) await keep(store, id(1), answerOf(`${index}`))
    expect(await store.findAnswer(id(1), '0', Date.now())).toBeUndefined()
    for (let index = 1; index < 65; index++)
      expect(await store.findAnswer(id(1), `${index}`, Date.now())).toEqual(
        expect.objectContaining({ requestId: `${index}` }),
      )
    expect(await store.findAnswer(id(2), '0', Date.now())).toBeDefined()
  })

  test('behavior: a function that throws leaves no answer', async () => {
    const { store } = await create()
    await write(store, bookOf(id(1)))
    const failing = store.transact(id(1), (ledger) => {
      if (ledger) release(ledger, { requestId: 'unknown' })
      return { answer: answerOf('a'), ledger, result: undefined }
    })
    await expect(failing).rejects.toThrow()
    expect(await store.findAnswer(id(1), 'a', Date.now())).toBeUndefined()
  })

  test('behavior: hears what another handle changes', async () => {
    const { reopen, store } = await create()
    const heard = new Set<Hex>()
    const { promise, resolve } = deferred<void>()
    const stop = store.watch((channelId) => {
      heard.add(channelId)
      if (heard.has(id(1)) && heard.has(id(2))) resolve()
    })
    // A store that nobody shares has no news.
    const other = await reopen?.()
    if (other) {
      await Promise.all([write(other, bookOf(id(1))), write(other, bookOf(id(2)))])
      await promise
    }
    stop()
    expect([...heard].sort()).toEqual(other ? [id(1), id(2)] : [])
  })

  test('error: StoreClosedError', async () => {
    const { reopen, store } = await create()
    const other = await reopen?.()
    const begun = write(store, bookOf(id(1)))
    await store.close()
    await begun
    await store.close()
    await expect(write(store, bookOf(id(2)))).rejects.toBeInstanceOf(StoreClosedError)
    await expect(store.findAnswer(id(1), 'a', 0)).rejects.toBeInstanceOf(StoreClosedError)
    await expect(listAll(store)).rejects.toBeInstanceOf(StoreClosedError)
    expect(() => store.watch(() => undefined)).toThrow(StoreClosedError)
    if (other) expect(await read(other, id(1))).toEqual(bookOf(id(1)))
  })
}
