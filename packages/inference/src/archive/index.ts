/**
 * Keeps what a consumer must not forget in files, or in a SQLite database that several processes share.
 *
 * @module @aitoken/inference/archive
 */

export {
  StoreClosedError,
  StoreFailedError,
  StoreRuntimeError,
  StoreVersionError,
} from '../store/errors.js'
export type { Archive, ArchiveEntry } from './archive.js'
export { createFileArchive } from './createFileArchive.js'
export { createMemoryArchive } from './createMemoryArchive.js'
export { createSqliteArchive } from './createSqliteArchive.js'
export { ArchiveDamagedError, ArchiveLockedError } from './errors.js'
