import type { Hex } from 'viem'

import type { Ledger } from '../ledger/ledger.js'
import { encodeLedger } from '../store/ledgerText.js'
import { answersKept, type StoredAnswer } from '../store/store.js'

/** Every statement of one schema. Whatever is not a number goes in as hexadecimal, so that nothing can escape. */
export type Statements = ReturnType<typeof createStatements>

/** Books that are read at once when all are listed. */
const pageSize = 100

/** How long a statement may take, and a transaction may wait for this process, in milliseconds. */
const patience = 5_000

/** Transactions whose ids stay in a row, so that one whose answer was lost can be told from one that failed. */
export const writersKept = 16

/** Version of the tables below. */
export const layout = 1

/**
 * Writes the statements of one schema.
 *
 * @param schema - Its name.
 * @param instance - Unique name of this process.
 * @returns The statements, several in one text where one trip to the server can carry them.
 */
export function createStatements(schema: string, instance: string) {
  const name = identifier(schema)
  /** Locks names of channels and not rows, which may not exist yet; in order, so that none wait in a circle. */
  const hold = (channelIds: readonly Hex[]) =>
    `SELECT pg_advisory_xact_lock(hashtextextended(name, 0))
    FROM unnest(${texts([...channelIds].sort().map((channelId) => `${schema} ${channelId}`))}) AS name`
  const tell = (channelIds: readonly Hex[]) =>
    `SELECT pg_notify(${text(schema)}, payload)
    FROM unnest(${texts(channelIds.map((channelId) => `${instance} ${channelId}`))}) AS payload`

  return {
    /**
     * Begins to change the books of channels. They are locked by a statement of its own, so that the next one sees
     * what the last holders left.
     */
    begin: (channelIds: readonly Hex[]) => `
      BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
      ${limit(patience)};
      ${hold(channelIds)};
      SELECT encode(channel_id, 'hex') AS channel_id, book::text AS book, revision::text AS revision
      FROM ${name}.ledgers WHERE channel_id IN (${channelIds.map(bytes).join(', ')})`,
    changedSince: (time: string | undefined) => `
      SELECT encode(channel_id, 'hex') AS channel_id FROM ${name}.ledgers
      WHERE written_at > ${time === undefined ? 'now()' : `${text(time)}::timestamptz`} - interval '1 minute'`,
    findAnswer: (channelId: Hex, requestId: string, now: number) => `
      SELECT encode(body, 'hex') AS body, expires_at::text, encode(fingerprint, 'hex') AS fingerprint
      FROM ${name}.answers WHERE channel_id = ${bytes(channelId)} AND request_id = ${text(requestId)}
      AND expires_at > ${Math.trunc(now)}`,
    isLaidOut: `SELECT to_regclass(${text(`${name}.layout`)}) IS NOT NULL AS found`,
    layOut: `
      BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
      SELECT pg_advisory_xact_lock(hashtextextended(${text(schema)}, 1));
      CREATE SCHEMA IF NOT EXISTS ${name};
      CREATE TABLE IF NOT EXISTS ${name}.layout (version integer NOT NULL);
      INSERT INTO ${name}.layout SELECT ${layout} WHERE NOT EXISTS (SELECT FROM ${name}.layout);
      CREATE TABLE IF NOT EXISTS ${name}.ledgers (
        channel_id bytea PRIMARY KEY, revision bigint NOT NULL, writers uuid[] NOT NULL,
        written_at timestamptz NOT NULL, book json NOT NULL
      );
      CREATE TABLE IF NOT EXISTS ${name}.answers (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, channel_id bytea NOT NULL,
        request_id text NOT NULL, fingerprint bytea NOT NULL, expires_at bigint NOT NULL, body bytea NOT NULL,
        UNIQUE (channel_id, request_id)
      );
      CREATE INDEX IF NOT EXISTS answers_by_channel ON ${name}.answers (channel_id, position);
      CREATE INDEX IF NOT EXISTS answers_by_expiry ON ${name}.answers (expires_at);
      COMMIT`,
    listAfter: (channelId: Hex) => `
      SELECT encode(channel_id, 'hex') AS channel_id, book::text AS book FROM ${name}.ledgers
      WHERE channel_id > ${bytes(channelId)} ORDER BY channel_id LIMIT ${pageSize}`,
    listen: `LISTEN ${identifier(schema)}`,
    /** Finds out how a transaction ended: it holds the lock until it has, and leaves its id in the row. */
    outcome: (channelId: Hex, id: string) => `
      BEGIN ISOLATION LEVEL READ COMMITTED;
      ${limit(3 * patience)};
      ${hold([channelId])};
      SELECT revision::text AS revision, ${uuid(id)} = ANY (writers) AS written FROM ${name}.ledgers
      WHERE channel_id = ${bytes(channelId)};
      COMMIT`,
    /** Tells other processes of channels whose books changed. */
    tell,
    time: 'SELECT now()::text AS time',
    version: `SELECT version::text AS version FROM ${name}.layout`,
    /**
     * Writes what changes leave behind. The news follows the commit in the same message: inside the transaction it
     * would hold a lock of the whole server while the disk is written.
     */
    write: ({ answers, books, id, now }: Left) => {
      const statements: string[] = []
      const values = [...books].map(
        ([channelId, ledger]) =>
          `(${bytes(channelId)}, 1, ARRAY[${uuid(id)}], clock_timestamp(), ${text(encodeLedger(ledger))}::json)`,
      )
      if (values.length > 0)
        statements.push(`
          INSERT INTO ${name}.ledgers AS kept (channel_id, revision, writers, written_at, book)
          VALUES ${values.join(', ')}
          ON CONFLICT (channel_id) DO UPDATE
          SET revision = kept.revision + 1, writers = (excluded.writers || kept.writers)[1:${writersKept}],
            written_at = excluded.written_at, book = excluded.book`)
      let kept = 0
      for (const [channelId, list] of answers) {
        kept += list.length
        for (const { body, expiresAt, fingerprint, requestId } of list)
          statements.push(`
            INSERT INTO ${name}.answers (channel_id, request_id, fingerprint, expires_at, body)
            VALUES (${bytes(channelId)}, ${text(requestId)}, ${bytes(fingerprint)}, ${Math.trunc(expiresAt)}, ${bytes(toHex(body))})
            ON CONFLICT (channel_id, request_id) DO UPDATE
            SET fingerprint = excluded.fingerprint, expires_at = excluded.expires_at, body = excluded.body`)
        statements.push(`
          DELETE FROM ${name}.answers WHERE channel_id = ${bytes(channelId)} AND position <= (
            SELECT position FROM ${name}.answers WHERE channel_id = ${bytes(channelId)}
            ORDER BY position DESC LIMIT 1 OFFSET ${answersKept})`)
      }
      if (kept > 0)
        statements.push(`
          DELETE FROM ${name}.answers WHERE position IN (
            SELECT position FROM ${name}.answers WHERE expires_at <= ${Math.trunc(now)}
            LIMIT ${2 * kept} FOR UPDATE SKIP LOCKED)`)
      return [...statements, 'COMMIT', tell([...books.keys()])].join(';\n')
    },
  }
}

/** What changes leave behind. */
type Left = {
  answers: ReadonlyMap<Hex, readonly StoredAnswer[]>
  books: ReadonlyMap<Hex, Ledger>
  /** A UUID that no other transaction has. */
  id: string
  /** Unix time in milliseconds. */
  now: number
}

/** Bounds a transaction, and makes its commit durable whatever the server's default is. */
function limit(milliseconds: number): string {
  return `SELECT set_config('statement_timeout', '${milliseconds}', true),
    set_config('idle_in_transaction_session_timeout', '${milliseconds}', true),
    set_config('synchronous_commit', CASE current_setting('synchronous_commit')
      WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, true)`
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

function bytes(hex: Hex): string {
  return `'\\x${hex.slice(2).replaceAll(/[^\da-f]/gi, '')}'::bytea`
}

function uuid(id: string): string {
  return `${text(id)}::uuid`
}

function text(value: string): string {
  return `convert_from(${bytes(toHex(new TextEncoder().encode(value)))}, 'UTF8')`
}

function texts(values: readonly string[]): string {
  return `ARRAY[${values.map(text).join(', ')}]::text[]`
}

function toHex(value: Uint8Array): Hex {
  return `0x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`
}
