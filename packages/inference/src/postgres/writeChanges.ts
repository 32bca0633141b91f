import type { Hex } from 'viem'

import type { Ledger } from '../ledger/ledger.js'
import type { Change } from '../store/change.js'
import { StoreFailedError } from '../store/errors.js'
import { decodeLedger } from '../store/ledgerText.js'
import type { StoredAnswer } from '../store/store.js'
import { borrow, isCollision, isConnectionLost, type PostgresPool, type Row } from './pool.js'
import { type Statements, writersKept } from './statements.js'

/** How often a transaction is tried that collided with another, or whose connection broke before it counted. */
const tries = 5

/** Changes of one channel. */
export type Group = { readonly changes: readonly Change[]; readonly channelId: Hex }

/** What the changes of one channel leave behind. */
type ComputedGroup = {
  readonly answers: readonly StoredAnswer[]
  readonly channelId: Hex
  /** Tells whoever asked how it ended. */
  finish(): void
  /** The new book; undefined when it stays. */
  readonly ledger: Ledger | undefined
  /** Number of writes before this one. */
  readonly revision: number
}

/** What an attempt came to. */
type Attempt =
  /** The changes are durable, or there was nothing to write. */
  { computed: readonly ComputedGroup[] } | Failure

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
 * Creates what changes books, several in one transaction: one trip to the server to lock and read, one to write and
 * commit.
 *
 * @param pool - The connections.
 * @param statements - The statements.
 * @param now - The present, as Unix time in milliseconds.
 * @returns Writes changes, and tells each how it ended; it never rejects.
 */
export function createWriter(pool: PostgresPool, statements: Statements, now: () => number) {
  const attempt = async (groups: readonly Group[]): Promise<Attempt> => {
    const id = crypto.randomUUID()
    let computed: readonly ComputedGroup[] = []
    let step = 'read' as 'commit' | 'keep' | 'read'
    try {
      await borrow(pool, async (query) => {
        const rows = (await query(statements.begin(groups.map(({ channelId }) => channelId)))).at(-1) ?? []
        const found = new Map(rows.map((row) => [`0x${row.channel_id}`, row]))
        computed = groups.map((group) => compute(group, found.get(group.channelId)))
        const books = new Map(
          computed.flatMap(({ channelId, ledger }) => (ledger ? [[channelId, ledger]] : [])),
        )
        const answers = new Map(
          computed.flatMap(({ answers, channelId }) => (answers.length > 0 ? [[channelId, answers]] : [])),
        )
        if (books.size === 0 && answers.size === 0) return query('ROLLBACK')
        step = books.size > 0 ? 'commit' : 'keep'
        return query(statements.write({ answers, books, id, now: now() }))
      })
      return { computed }
    } catch (cause) {
      const again = isCollision(cause) || isConnectionLost(cause)
      // Answers alone can be written twice.
      if (step !== 'commit') return { again, cause, maybeWritten: step === 'keep', repeatable: true }
      const written = await wasWritten(computed, id)
      if (written) return { computed }
      const known = written !== undefined
      return { again, cause, maybeWritten: !known, repeatable: known }
    }
  }

  /** Whether a transaction counts whose answer was lost; undefined when that cannot be found out. */
  const wasWritten = async (computed: readonly ComputedGroup[], id: string): Promise<boolean | undefined> => {
    const changed = computed.filter(({ ledger }) => ledger)
    // Every row that was written tells, unless others have written it so often since that the id was pushed out.
    for (const { channelId, revision } of changed)
      for (let attempts = 1; attempts <= tries; attempts++)
        try {
          const results = await borrow(pool, async (query) => {
            const found = await query(statements.outcome(channelId, id))
            await query(statements.tell(changed.map((group) => group.channelId)))
            return found
          })
          const row = results.flat().find((found) => 'written' in found)
          if (row?.written === true) return true
          if (Number(row?.revision ?? 0) - revision < writersKept) return false
          break
        } catch (error) {
          if (!isConnectionLost(error) && !isCollision(error)) return undefined
          await pauseBefore(attempts)
        }
    return undefined
  }

  const write = async (groups: readonly Group[]): Promise<void> => {
    let ended = await attempt(groups)
    for (
      let attempts = 1;
      attempts < tries && 'again' in ended && ended.again && ended.repeatable;
      attempts++
    ) {
      await pauseBefore(attempts)
      ended = await attempt(groups)
    }
    if ('computed' in ended) for (const { finish } of ended.computed) finish()
    // One of them may be to blame, and the others are not concerned.
    else if (!ended.again && ended.repeatable && groups.length > 1)
      for (const group of groups) await write([group])
    else if (!ended.again && ended.repeatable && (groups[0]?.changes.length ?? 0) > 1)
      for (const { changes, channelId } of groups)
        for (const change of changes) await write([{ changes: [change], channelId }])
    else for (const { changes } of groups) fail(changes, ended)
  }

  return write
}

/** Runs the changes of a channel one after the other, each on the book that the one before left. */
function compute({ changes, channelId }: Group, row: Row | undefined): ComputedGroup {
  const revision = Number(row?.revision ?? 0)
  try {
    const held = row && decodeLedger(channelId, String(row.book))
    const answers = new Map<string, StoredAnswer>()
    const ends: (() => void)[] = []
    let ledger = held
    for (const change of changes) {
      const computed = change.run(ledger)
      ledger = computed.ledger
      ends.push(computed.finish)
      if (computed.answer) answers.set(computed.answer.requestId, computed.answer)
    }
    return {
      answers: [...answers.values()],
      channelId,
      finish: () => {
        for (const end of ends) end()
      },
      ledger: ledger === held ? undefined : ledger,
      revision,
    }
  } catch (error) {
    // The book cannot be read, which concerns no other channel.
    const finish = () => {
      for (const change of changes) change.fail(error)
    }
    return { answers: [], channelId, finish, ledger: undefined, revision }
  }
}

/** Lets a server that restarts, or a transaction that was met, have its time: 20 ms, then twice as much each time. */
function pauseBefore(attempts: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10 * 2 ** attempts))
}

function fail(changes: readonly Change[], { cause, maybeWritten }: Failure): void {
  const failure = new StoreFailedError({ action: 'write', cause, maybeWritten })
  for (const change of changes) change.fail(failure)
}
