/**
 * Keeps a provider's books in a PostgreSQL database that many processes share.
 *
 * @module @aitoken/inference/postgres
 */

export { StoreClosedError, StoreCorruptError, StoreFailedError, StoreVersionError } from '../store/errors.js'
export type { LedgerStore, StoredAnswer, Transition } from '../store/store.js'
export { createPostgresStore } from './createPostgresStore.js'
export type { PostgresStore } from './keepBooks.js'
export type { PostgresClient, PostgresMessage, PostgresPool } from './pool.js'
