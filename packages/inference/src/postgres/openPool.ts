import type { PostgresPool } from './pool.js'

/** Connections of a store, and what closes those that are its own. */
export type OpenPool = {
  end(): Promise<void>
  pool: PostgresPool
}

/**
 * Opens connections to a database, with `pg`, which is loaded only then.
 *
 * @param connectionString - Where the database is.
 * @param connections - How many at most, besides one that listens.
 * @returns The connections.
 */
export async function openPool(connectionString: string, connections: number): Promise<OpenPool> {
  const { Pool } = (await import('pg')).default
  const pool = new Pool({ connectionString, max: connections + 1 })
  // An idle connection that breaks is replaced when the next one is needed, which tells if there is trouble.
  pool.on('error', () => undefined)
  return { end: () => pool.end(), pool }
}
