import type { DatabaseSync } from 'node:sqlite'
import type { Hex } from 'viem'

import type { Ledger } from '../ledger/ledger.js'
import { decodeLedger, encodeLedger } from '../store/ledgerText.js'
import { answersKept, type StoredAnswer } from '../store/store.js'

/** The statements of one database, prepared once. */
export type Tables = ReturnType<typeof createTables>

/** Books that are read at once when all are listed. */
const pageSize = 100

/**
 * Prepares the statements on a database that is laid out.
 *
 * @param database - The database.
 * @returns What reads and writes its rows.
 */
export function createTables(database: DatabaseSync) {
  const answer = database.prepare(
    'SELECT body, expires_at, fingerprint FROM answers WHERE channel_id = ? AND request_id = ? AND expires_at > ?',
  )
  const book = database.prepare('SELECT book FROM ledgers WHERE channel_id = ?')
  const changed = database.prepare('SELECT channel_id, revision FROM ledgers WHERE revision > ?')
  const dataVersion = database.prepare('PRAGMA data_version')
  const evict = database.prepare(
    `DELETE FROM answers WHERE channel_id = ?1 AND position <= (
      SELECT position FROM answers WHERE channel_id = ?1 ORDER BY position DESC LIMIT 1 OFFSET ${answersKept}
    )`,
  )
  const forget = database.prepare(
    'DELETE FROM answers WHERE position IN (SELECT position FROM answers WHERE expires_at <= ? LIMIT ?)',
  )
  const keep = database.prepare(
    `INSERT INTO answers (channel_id, request_id, fingerprint, expires_at, body) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (channel_id, request_id) DO UPDATE
    SET fingerprint = excluded.fingerprint, expires_at = excluded.expires_at, body = excluded.body`,
  )
  const page = database.prepare(
    'SELECT channel_id, book FROM ledgers WHERE channel_id > ? ORDER BY channel_id LIMIT ?',
  )
  const revision = database.prepare('SELECT coalesce(max(revision), 0) AS revision FROM ledgers')
  const write = database.prepare(
    `INSERT INTO ledgers (channel_id, revision, book) VALUES (?, ?, ?)
    ON CONFLICT (channel_id) DO UPDATE SET revision = excluded.revision, book = excluded.book`,
  )

  return {
    /** Changes when another connection has committed. */
    dataVersion: () => Number(dataVersion.get()?.data_version),
    findAnswer(channelId: Hex, requestId: string, now: number): StoredAnswer | undefined {
      const row = answer.get(channelId, requestId, now) as AnswerRow | undefined
      const { body, expires_at: expiresAt, fingerprint } = row ?? {}
      if (body === undefined || expiresAt === undefined || fingerprint === undefined) return undefined
      return { body, expiresAt, fingerprint, requestId }
    },
    /** Forgets at most so many answers that have expired. */
    forgetExpired(now: number, most: number): void {
      forget.run(now, most)
    },
    /** Keeps an answer; the oldest of its channel makes room. */
    keepAnswer(channelId: Hex, { body, expiresAt, fingerprint, requestId }: StoredAnswer): void {
      keep.run(channelId, requestId, fingerprint, expiresAt, body)
      evict.run(channelId)
    },
    /** The books after a channel, in order of their channels. */
    listAfter: (channelId: string): Ledger[] =>
      (page.all(channelId, pageSize) as BookRow[]).map((row) => decodeLedger(row.channel_id, row.book)),
    /** The channels whose books were written after a revision. */
    listChanged: (after: number): ChangedRow[] => changed.all(after) as ChangedRow[],
    read(channelId: Hex): Ledger | undefined {
      const row = book.get(channelId) as Pick<BookRow, 'book'> | undefined
      return row && decodeLedger(channelId, row.book)
    },
    /** The newest revision. */
    revision: () => Number(revision.get()?.revision),
    write(ledger: Ledger, written: number): void {
      write.run(ledger.channelId, written, encodeLedger(ledger))
    },
  }
}

// What the statements above select, from tables that are STRICT.
type AnswerRow = { body: Uint8Array; expires_at: number; fingerprint: Hex }
type BookRow = { book: string; channel_id: Hex }
type ChangedRow = { channel_id: Hex; revision: number }
