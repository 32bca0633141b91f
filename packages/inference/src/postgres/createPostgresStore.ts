import type { StoreFailedError, StoreVersionError } from '../store/errors.js'
import { keepBooks, type PostgresStore } from './keepBooks.js'
import { openPool } from './openPool.js'
import type { PostgresPool } from './pool.js'

/**
 * Creates a store in a PostgreSQL database: the books of a provider that many processes on many machines serve.
 * Every change of a channel waits for the one before, wherever that is made, and is durable before it counts. What
 * came together for one channel is written together. It needs the package `pg`, and PostgreSQL 13 or newer. The
 * tables hold the keys of payers' sessions, so keep them from those who need not see them.
 *
 * @param parameters - {@link createPostgresStore.Parameters}
 * @returns The store; it connects on first use, and {@link StoreVersionError} or {@link StoreFailedError} say then
 * what is wrong. Close it when the provider has ended: a pool of yours stays open.
 *
 * @example
 * ```ts
 * import { createPostgresStore } from '@aitoken/inference/postgres'
 *
 * const store = createPostgresStore({ connectionString: 'postgres://gateway@db.example/aitoken' })
 * ```
 */
export function createPostgresStore(parameters: createPostgresStore.Parameters): PostgresStore {
  const { connectionString, connections = 10, now = Date.now, pool, schema = 'aitoken' } = parameters
  const open = async () => {
    if (pool) return { end: async () => undefined, pool }
    return openPool(connectionString, connections)
  }
  return keepBooks(schema, open, now)
}

export declare namespace createPostgresStore {
  /** What both ways to connect have in common. */
  type Options = {
    /** The present, as Unix time in milliseconds: answers that expired make room. @default Date.now */
    now?: (() => number) | undefined
    /** Schema of the tables; providers that share it serve the same channels. @default 'aitoken' */
    schema?: string | undefined
  }
  type Parameters = Options &
    (
      | {
          /** Where the database is: `postgres://user:password@host/database`. */
          connectionString: string
          /** Connections at most, besides one that listens. @default 10 */
          connections?: number | undefined
          pool?: undefined
        }
      | {
          connectionString?: undefined
          connections?: undefined
          /** A pool of `pg` that you open and end; of its connections a store that is watched takes one to listen. */
          pool: PostgresPool
        }
    )
  type ErrorType = StoreFailedError | StoreVersionError
}
