import type { DatabaseSync } from 'node:sqlite'

import { openFile } from '../sqlite/openFile.js'
import {
  StoreClosedError,
  StoreFailedError,
  type StoreRuntimeError,
  type StoreVersionError,
} from '../store/errors.js'
import type { Archive, ArchiveEntry } from './archive.js'

/**
 * Creates an archive in a SQLite file. Several processes may use one file, and then share the day's budget: every
 * change is one transaction, on disk before it counts. A provider may keep its books in the same file.
 *
 * @param parameters - {@link createSqliteArchive.Parameters}
 * @returns The archive; close it when the consumer has ended.
 * @throws {@link StoreRuntimeError} when the runtime has no SQLite: it takes Node 22.16 or newer.
 * @throws {@link StoreVersionError} when a newer release wrote the file.
 * @throws {@link StoreFailedError} when the file cannot be opened.
 *
 * @example
 * ```ts
 * import { createSqliteArchive } from '@aitoken/inference/archive'
 *
 * const store = createSqliteArchive({ path: './consumer.db' })
 * ```
 */
export function createSqliteArchive({ path }: createSqliteArchive.Parameters): Archive {
  const database = openFile(path)
  const statements = prepare(database, path)
  let closed = false
  const check = () => {
    if (closed) throw new StoreClosedError()
  }
  return {
    async close() {
      if (!closed) database.close()
      closed = true
    },
    async *list(prefix) {
      check()
      let after = ''
      for (;;) {
        const rows = statements.page.all(prefix, after) as { key: string; text: string }[]
        const last = rows.at(-1)
        if (!last) return
        for (const { key, text } of rows) yield { key, text }
        after = last.key
        check()
      }
    },
    async transact(key, fn) {
      check()
      return transact(database, statements, key, fn)
    },
  }
}

export declare namespace createSqliteArchive {
  type Parameters = {
    /** The file; it is created when there is none, readable by its owner alone. `:memory:` keeps nothing. */
    path: string
  }
  type ErrorType = StoreFailedError | StoreRuntimeError | StoreVersionError
}

type Statements = ReturnType<typeof prepare>

function prepare(database: DatabaseSync, path: string) {
  try {
    database.exec(
      'CREATE TABLE IF NOT EXISTS archive (key TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID',
    )
    return {
      drop: database.prepare('DELETE FROM archive WHERE key = ?'),
      page: database.prepare(
        'SELECT key, text FROM archive WHERE substr(key, 1, length(?1)) = ?1 AND key > ?2 ORDER BY key LIMIT 100',
      ),
      read: database.prepare('SELECT text FROM archive WHERE key = ?'),
      write: database.prepare(
        'INSERT INTO archive (key, text) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET text = excluded.text',
      ),
    }
  } catch (cause) {
    database.close()
    throw new StoreFailedError({ action: `open ${path}`, cause, maybeWritten: false })
  }
}

function transact<result>(
  database: DatabaseSync,
  { drop, read, write }: Statements,
  key: string,
  fn: (text: string | undefined) => ArchiveEntry<result>,
): result {
  let step: 'begin' | 'commit' | 'compute' | 'write' = 'begin'
  try {
    database.exec('BEGIN IMMEDIATE')
    const row = read.get(key) as { text: string } | undefined
    step = 'compute'
    const { result, text } = fn(row?.text)
    step = 'write'
    if (text !== row?.text)
      if (text === undefined) drop.run(key)
      else write.run(key, text)
    step = 'commit'
    database.exec('COMMIT')
    return result
  } catch (cause) {
    const open = database.isTransaction
    if (open) database.exec('ROLLBACK')
    if (step === 'compute') throw cause
    throw new StoreFailedError({ action: 'write', cause, maybeWritten: step === 'commit' && !open })
  }
}
