import type { DatabaseSync } from 'node:sqlite'

import { StoreFailedError, StoreRuntimeError, StoreVersionError } from '../store/errors.js'
import { layOut } from './layout.js'

/** How long another process may hold the file before a change fails, in milliseconds. */
const busyTimeout = 5_000

/**
 * Opens a database file, and lays it out when it is new.
 *
 * @param path - The file.
 * @returns The database.
 * @throws {@link StoreRuntimeError} when the runtime has no SQLite.
 * @throws {@link StoreVersionError} when a newer release wrote the file.
 * @throws {@link StoreFailedError} when the file cannot be opened.
 */
export function openFile(path: string): DatabaseSync {
  const sqlite = loadSqlite()
  let database: DatabaseSync | undefined
  try {
    if (path !== ':memory:') protect(path)
    database = new sqlite.DatabaseSync(path, { timeout: busyTimeout })
    layOut(database)
    return database
  } catch (cause) {
    database?.close()
    if (cause instanceof StoreVersionError) throw cause
    throw new StoreFailedError({ action: `open ${path}`, cause, maybeWritten: false })
  }
}

/** Loads SQLite when it is used, so that importing the store works anywhere. */
function loadSqlite() {
  const { process } = globalThis
  // Releases before 22.16 have none, or one that cannot tell whether a transaction is open.
  const [major = 0, minor = 0] = (process?.versions?.node ?? '').split('.').map(Number)
  const supported = major > 22 || (major === 22 && minor >= 16)
  const sqlite = supported ? process.getBuiltinModule('node:sqlite') : undefined
  if (!sqlite)
    throw new StoreRuntimeError({ runtime: process ? `Node ${process.version}` : 'no Node at all' })
  return sqlite
}

/** Creates the file so that only its owner may read it; what SQLite puts beside it takes over the same rights. */
function protect(path: string): void {
  const { closeSync, openSync } = globalThis.process.getBuiltinModule('node:fs')
  closeSync(openSync(path, 'a', 0o600))
}
