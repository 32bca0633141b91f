import type { Hex } from 'viem'

import type { Ledger } from '../ledger/ledger.js'
import type { Change, Computed } from '../store/change.js'
import { StoreCorruptError, StoreFailedError } from '../store/errors.js'
import { decodeLedger } from '../store/ledgerText.js'
import { borrow, isCollision, isConnectionLost, type PostgresPool } from './pool.js'
import { type Statements, writersKept } from './statements.js'

/** How often a transaction is tried that collided with another, or whose connection broke before it counted. */
const tries = 5

/** What an attempt came to. */
type Attempt =
  /** The changes are durable, or there was nothing to write. */
  { computed: readonly Computed[] } | Failure

/** Why an attempt failed. */
type Failure = {
  /** Whether another try may do better. */
  again: boolean
  cause: unknown
  maybeWritten: boolean
  /** Whether another try does no harm. */
  repeatable: boolean
}

/**
 * Creates what changes one channel's book in a transaction of its own: one trip to the server to lock and read, one
 * to write and commit.
 *
 * @param pool - The connections.
 * @param statements - The statements.
 * @param now - The present, as Unix time in milliseconds.
 * @returns Writes changes, and tells each how it ended; it never rejects.
 */
export function createWriter(pool: PostgresPool, statements: Statements, now: () => number) {
  const attempt = async (channelId: Hex, changes: readonly Change[]): Promise<Attempt> => {
    const id = crypto.randomUUID()
    let computed: readonly Computed[] = []
    let revision = 0
    let step = 'read' as 'commit' | 'keep' | 'read'
    try {
      await borrow(pool, async (query) => {
        const [row] = (await query(statements.begin(channelId))).at(-1) ?? []
        revision = Number(row?.revision ?? 0)
        const held = row && decodeLedger(channelId, String(row.book))
        computed = runAll(changes, held)
        const last = computed.at(-1)?.ledger
        const ledger = last === held ? undefined : last
        const answers = computed.flatMap(({ answer }) => (answer ? [answer] : []))
        if (!ledger && answers.length === 0) return query('ROLLBACK')
        step = ledger ? 'commit' : 'keep'
        return query(statements.write(channelId, { answers, id, ledger, now: now() }))
      })
      return { computed }
    } catch (cause) {
      const again = isCollision(cause) || isConnectionLost(cause)
      // Answers alone can be written twice.
      if (step !== 'commit') return { again, cause, maybeWritten: step === 'keep', repeatable: true }
      const written = await wasWritten(channelId, id, revision)
      if (written) return { computed }
      const known = written !== undefined
      return { again, cause, maybeWritten: !known, repeatable: known }
    }
  }

  /** Whether a transaction counts whose answer was lost; undefined when that cannot be found out. */
  const wasWritten = async (channelId: Hex, id: string, before: number): Promise<boolean | undefined> => {
    for (let attempts = 1; attempts <= tries; attempts++) {
      try {
        const results = await borrow(pool, (query) => query(statements.outcome(channelId, id)))
        const row = results.flat().find((found) => 'written' in found)
        if (row?.written === true) return true
        // Others have written so often since that the id may have been pushed out.
        return Number(row?.revision ?? 0) - before < writersKept ? false : undefined
      } catch (error) {
        if (!isConnectionLost(error) && !isCollision(error)) return undefined
        await pauseBefore(attempts)
      }
    }
    return undefined
  }

  const write = async (channelId: Hex, changes: readonly Change[]): Promise<void> => {
    let ended = await attempt(channelId, changes)
    for (
      let attempts = 1;
      attempts < tries && 'again' in ended && ended.again && ended.repeatable;
      attempts++
    ) {
      await pauseBefore(attempts)
      ended = await attempt(channelId, changes)
    }
    if ('computed' in ended) for (const { finish } of ended.computed) finish()
    else if (ended.again || !ended.repeatable || changes.length === 1) fail(changes, ended)
    // One of them may be to blame, and the others are not concerned.
    else for (const change of changes) await write(channelId, [change])
  }

  return write
}

/** Lets a server that restarts, or a transaction that was met, have its time: 20 ms, then twice as much each time. */
function pauseBefore(attempts: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10 * 2 ** attempts))
}

/** Runs the changes one after the other, each on the book that the one before left. */
function runAll(changes: readonly Change[], held: Ledger | undefined): readonly Computed[] {
  let ledger = held
  return changes.map((change) => {
    const computed = change.run(ledger)
    ledger = computed.ledger
    return computed
  })
}

function fail(changes: readonly Change[], { cause, maybeWritten }: Failure): void {
  // A damaged book says itself what is wrong.
  const known = cause instanceof StoreCorruptError
  const failure = known ? cause : new StoreFailedError({ action: 'write', cause, maybeWritten })
  for (const change of changes) change.fail(failure)
}
