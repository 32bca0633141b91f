import type { Archive } from '../archive/archive.js'
import type { Books } from './books.js'
import { decodeBooks, encodeBooks } from './encodeBooks.js'

/** Changes books, durably. */
export type Bookkeeper = {
  /**
   * Changes the books. `fn` sees the last committed ones; when it throws, or the write fails, nothing changed. The
   * promise resolves after the write is durable. `fn` may run more than once.
   */
  transact<result>(fn: (books: Books) => { books: Books; result: result }): Promise<result>
}

/** A change that waits, and how it is told what became of it. */
type Change = {
  fail(error: unknown): void
  /** Applies the change; what it returns tells the caller, once the write is durable. */
  run(books: Books): { books: Books; tell(): void }
}

/**
 * Creates what keeps the books under one key of an archive. Changes that come while a write is on its way are
 * written together in the next: a stream of vouchers costs one write for many, however slow the disk.
 *
 * @param archive - Where the books are kept.
 * @param key - Their key.
 * @returns The bookkeeper.
 */
export function createBookkeeper(archive: Archive, key: string): Bookkeeper {
  let waiting: Change[] = []
  let writing = false
  // What was written last needs no reading when nobody else has written since.
  let last: { books: Books; text: string | undefined } | undefined

  const write = async (changes: readonly Change[]) => {
    try {
      const tellers = await archive.transact(key, (held) => {
        const before = last?.text === held && last ? last.books : decodeBooks(key, held)
        let books = before
        const told: (() => void)[] = []
        for (const change of changes) {
          const outcome = change.run(books)
          books = outcome.books
          told.push(outcome.tell)
        }
        const text = books === before ? held : encodeBooks(books)
        last = { books, text }
        return { result: told, text }
      })
      for (const tell of tellers) tell()
    } catch (error) {
      last = undefined
      for (const change of changes) change.fail(error)
    }
  }

  const flush = async () => {
    writing = true
    while (waiting.length > 0) {
      const changes = waiting
      waiting = []
      await write(changes)
    }
    writing = false
  }

  return {
    transact: (fn) =>
      new Promise((resolve, reject) => {
        waiting.push({
          fail: reject,
          run(books) {
            try {
              const outcome = fn(books)
              return { books: outcome.books, tell: () => resolve(outcome.result) }
            } catch (error) {
              return { books, tell: () => reject(error) }
            }
          },
        })
        if (!writing) void flush()
      }),
  }
}
