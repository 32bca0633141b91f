import { AitokenError } from '@aitoken/core/errors'

/** A pool of connections, as `pg` makes them. */
export type PostgresPool = {
  /** Lends a connection. */
  connect(): Promise<PostgresClient>
}

/** A connection that was lent by a pool of `pg`. */
export type PostgresClient = {
  off(event: 'error' | 'notification', listener: (message: PostgresMessage) => void): unknown
  on(event: 'error' | 'notification', listener: (message: PostgresMessage) => void): unknown
  /** Runs statements, and answers with the result of each; with one result alone when there is one statement. */
  query(text: string): Promise<unknown>
  /** Gives the connection back, or has it closed. */
  release(close?: boolean): void
  /** Lets the process end although the connection is open. */
  unref?(): void
}

/** What a connection tells: a notification has a payload. */
export type PostgresMessage = { payload?: string | undefined }

/** A row, every column as text. */
export type Row = Readonly<Record<string, unknown>>

/**
 * Lends a connection for one task. It is closed when the task fails: nothing that it began may linger.
 *
 * @param pool - The pool.
 * @param task - What is done with the connection.
 * @returns What the task answers.
 * @throws What the pool and the task throw.
 */
export async function borrow<result>(
  pool: PostgresPool,
  task: (query: (text: string) => Promise<readonly (readonly Row[])[]>) => Promise<result>,
): Promise<result> {
  const client = await pool.connect()
  // A connection that breaks says so twice: to the query, which fails, and as an event that nobody may miss.
  const lost = () => undefined
  client.on('error', lost)
  let failed = true
  try {
    const answer = await task(async (text) => readRows(await client.query(text)))
    failed = false
    return answer
  } finally {
    client.off('error', lost)
    client.release(failed)
  }
}

/** The rows of every statement's result. */
export function readRows(answer: unknown): readonly (readonly Row[])[] {
  const results: unknown[] = Array.isArray(answer) ? answer : [answer]
  return results.map((result) => {
    const rows: unknown = typeof result === 'object' && result && 'rows' in result ? result.rows : []
    return Array.isArray(rows) ? rows : []
  })
}

/** Whether the server refused two transactions that met, and the same one may pass when it is tried again. */
export function isCollision(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error))
}

/** Whether the connection broke, or was never made: the server said nothing about the statements themselves. */
export function isConnectionLost(error: unknown): boolean {
  if (AitokenError.is(error)) return false
  const code = codeOf(error)
  // What `pg` finds out itself has no code of five characters; classes 08 and 57P end connections.
  return !/^[\dA-Z]{5}$/.test(code) || code.startsWith('08') || code.startsWith('57P')
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error && 'code' in error ? String(error.code) : ''
}
