/**
 * Keeps a provider's books in a SQLite file.
 *
 * @module @aitoken/inference/sqlite
 */

export {
  StoreClosedError,
  StoreCorruptError,
  StoreFailedError,
  StoreRuntimeError,
  StoreVersionError,
} from '../store/errors.js'
export type { LedgerStore, StoredAnswer, Transition } from '../store/store.js'
export { createSqliteStore } from './createSqliteStore.js'
