import { type LedgerStore, reserve, StoreFailedError } from '@aitoken/inference'
import type { Hex } from 'viem'
import { expect, test } from 'vitest'

import { answerOf, bookOf } from './storeConformance.js'

/** A failure that strikes once, at one statement, before or after the database has executed it. */
export type Fault = {
  /** Runs a statement, unless it is the one. */
  around<result>(execute: () => result): result
  /** Whether it has struck. */
  struck(): boolean
}

/** Thrown in place of what a driver throws when a disk or a network fails. */
class InjectedFault extends Error {
  override readonly name = 'InjectedFault'
}

/** A fault at the n-th statement from now on, from 1. */
export function faultAt(target: number, when: 'after' | 'before'): Fault {
  let count = 0
  return {
    around(execute) {
      count += 1
      if (count === target && when === 'before') throw new InjectedFault()
      const result = execute()
      if (count !== target) return result
      if (!(result instanceof Promise)) throw new InjectedFault()
      // What a network carries is lost on its way back.
      return result.then(() => {
        throw new InjectedFault()
      }) as typeof result
    },
    struck: () => count >= target,
  }
}

/** A store in which faults can be put. */
export type StoreToBreak = {
  /** Opens a handle that sees no faults, as another process would. */
  reopen(): Promise<LedgerStore>
  /** From now on, statements run through the fault; none when undefined. */
  strike(fault: Fault | undefined): void
  store: LedgerStore
}

/**
 * Breaks every statement of a write in turn, before and after it was executed, and looks from outside: there is the
 * old book or the new one, and never an answer without the book it belongs to.
 */
export function testFaults(create: () => Promise<StoreToBreak>): void {
  const channelId: Hex = `0x${'11'.repeat(32)}`
  const old = bookOf(channelId)
  const change = (store: LedgerStore, requestId: string) =>
    store.transact(channelId, (ledger) => {
      if (!ledger) throw new RangeError('The book is gone')
      const next = reserve(ledger, { amount: 10n, requestId, writtenAt: 1 })
      return { answer: answerOf(requestId), ledger: next, result: next }
    })
  const read = (store: LedgerStore) => store.transact(channelId, (ledger) => ({ ledger, result: ledger }))

  for (const when of ['before', 'after'] as const)
    for (const together of [1, 3])
      test(`behavior: ${together} written while any statement fails ${when} it ran: all or nothing of each`, async () => {
        let struck = true
        for (let target = 1; struck; target++) {
          const { reopen, store, strike } = await create()
          await store.transact(channelId, () => ({ ledger: old, result: undefined }))
          const fault = faultAt(target, when)
          strike(fault)
          const names = ['a', 'b', 'c'].slice(0, together)
          const attempts = await Promise.allSettled(names.map((name) => change(store, name)))
          strike(undefined)
          struck = fault.struck()

          const other = await reopen()
          const held = (await read(other))?.reserved.map(({ requestId }) => requestId) ?? []
          for (const [index, name] of names.entries()) {
            const kept = (await other.findAnswer(channelId, name, Date.now())) !== undefined
            expect(kept).toBe(held.includes(name))
            const attempt = attempts[index]
            if (attempt?.status === 'fulfilled') expect(held).toContain(name)
            else if (attempt) {
              expect(attempt.reason).toBeInstanceOf(StoreFailedError)
              if (attempt.reason instanceof StoreFailedError && !attempt.reason.maybeWritten)
                expect(held).not.toContain(name)
            }
          }
          // The handle that saw the fault goes on, from what is really there.
          await change(store, 'd')
          expect((await read(other))?.reserved.map(({ requestId }) => requestId)).toEqual([...held, 'd'])
          if (!struck) expect(held).toEqual(names)
          await Promise.all([other.close(), store.close()])
        }
      })
}
