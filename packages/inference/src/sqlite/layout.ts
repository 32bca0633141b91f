import type { DatabaseSync } from 'node:sqlite'

import { StoreVersionError } from '../store/errors.js'

/** Version of the tables below; `PRAGMA user_version` says which one a file has. */
const layout = 1

/**
 * Lays out a database file, or finds it laid out. Processes that start at once wait for each other.
 *
 * @param database - The database, in no transaction.
 * @throws {@link StoreVersionError} when a newer release laid it out.
 */
export function layOut(database: DatabaseSync): void {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  database.exec('BEGIN IMMEDIATE')
  const found = Number(database.prepare('PRAGMA user_version').get()?.user_version)
  if (found === 0) database.exec(tables)
  database.exec('COMMIT')
  if (found > layout) throw new StoreVersionError({ found, supported: layout })
}

/** The amounts are there to look at: nothing reads them, and nothing is stored for them. */
const tables = `
  CREATE TABLE ledgers (
    channel_id TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    book TEXT NOT NULL,
    authorized TEXT AS (book ->> '$.ledger.authorized') VIRTUAL,
    deposit TEXT AS (book ->> '$.ledger.deposit') VIRTUAL,
    settled TEXT AS (book ->> '$.ledger.settled') VIRTUAL,
    spent TEXT AS (book ->> '$.ledger.spent') VIRTUAL,
    status TEXT AS (book ->> '$.ledger.status') VIRTUAL
  ) STRICT;
  CREATE INDEX ledgers_by_revision ON ledgers (revision);
  CREATE TABLE answers (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    channel_id TEXT NOT NULL,
    request_id TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (channel_id, request_id)
  ) STRICT;
  CREATE INDEX answers_by_channel ON answers (channel_id, position);
  CREATE INDEX answers_by_expiry ON answers (expires_at);
  PRAGMA user_version = ${layout};
`
