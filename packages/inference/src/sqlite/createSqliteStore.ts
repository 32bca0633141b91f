import type { StoreFailedError, StoreRuntimeError, StoreVersionError } from '../store/errors.js'
import type { LedgerStore } from '../store/store.js'
import { keepBooks } from './keepBooks.js'
import { openFile } from './openFile.js'

/**
 * Creates a store in a SQLite file: the books of a provider on one machine. Every change is on disk before it
 * counts, and changes that come at the same time share one write. Several processes may use one file; each hears
 * of the others' changes within 50 ms. While the disk writes, the process does nothing else, so it wants to be a
 * fast one. The file holds the keys of payers' sessions, so only its owner may read it.
 *
 * @param parameters - {@link createSqliteStore.Parameters}
 * @returns The store; close it when the provider has ended.
 * @throws {@link StoreRuntimeError} when the runtime has no SQLite: it takes Node 22.16 or newer.
 * @throws {@link StoreVersionError} when a newer release wrote the file.
 * @throws {@link StoreFailedError} when the file cannot be opened.
 *
 * @example
 * ```ts
 * import { createSqliteStore } from '@aitoken/inference/sqlite'
 *
 * const store = createSqliteStore({ path: './books.db' })
 * ```
 */
export function createSqliteStore(parameters: createSqliteStore.Parameters): LedgerStore {
  const { now = Date.now, path } = parameters
  return keepBooks(openFile(path), { now })
}

export declare namespace createSqliteStore {
  type Parameters = {
    /** The present, as Unix time in milliseconds: answers that expired make room. @default Date.now */
    now?: (() => number) | undefined
    /** The file; it is created when there is none. `:memory:` keeps nothing. */
    path: string
  }
  type ErrorType = StoreFailedError | StoreRuntimeError | StoreVersionError
}
