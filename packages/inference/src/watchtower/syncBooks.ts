import type { Hex } from 'viem'

import { smaller } from '../internal/compare.js'
import type { Ledger } from '../ledger/ledger.js'
import { planCapture } from '../ledger/planCapture.js'
import { rebaseLedger } from '../ledger/rebaseLedger.js'
import { syncLedger } from '../ledger/syncLedger.js'
import type { Tower } from './tower.js'

/** Books written at the same time. */
const atOnce = 64

/** What can be taken on chain and was not, in base units. */
export function exposureOf(ledger: Ledger): bigint {
  return planCapture(ledger).amount - ledger.settled
}

/**
 * Notes in the books what the chain says. Bad news is believed at once. That something is gone again is believed when
 * it stays so for as many blocks as make it final, or when the payer's exit is pending: to settle what was settled
 * costs gas, not to settle costs everything.
 *
 * @param tower - The watchtower.
 * @param states - What the chain says, by channel.
 * @param at - The latest block, and the present as Unix time in milliseconds.
 * @returns The books.
 */
export async function syncBooks(
  tower: Tower,
  states: ReadonlyMap<Hex, syncLedger.State>,
  at: { head: bigint; now: number },
): Promise<Ledger[]> {
  const books: Ledger[] = []
  const entries = [...states]
  for (let start = 0; start < entries.length; start += atOnce) {
    const batch = entries.slice(start, start + atOnce)
    const synced = await Promise.all(batch.map(([channelId, state]) => syncBook(tower, channelId, state, at)))
    books.push(...synced.filter((ledger) => ledger !== undefined))
  }
  return books
}

async function syncBook(
  tower: Tower,
  channelId: Hex,
  state: syncLedger.State,
  { head, now }: { head: bigint; now: number },
): Promise<Ledger | undefined> {
  const { confirmations, context, memory } = tower
  const firstSeen = memory.doubts.get(channelId)
  const final = firstSeen !== undefined && head >= firstSeen + confirmations
  const change = await context.store.transact(channelId, (held) => {
    if (!held) return { ledger: held, result: undefined }
    const news = { state, syncedAt: now }
    const doubtful = contradicts(held, state)
    const sure = doubtful && (final || (state.closeAt > 0 && state.settled < held.settled))
    const next = sure ? rebaseLedger(held, news) : syncLedger(held, news)
    const same = isSame(held, next)
    // A look that found nothing new is not worth a write.
    return { ledger: same ? held : next, result: { doubtful: doubtful && !sure, held, ledger: next, same } }
  })
  if (!change) return undefined
  if (state.deposit === 0n) memory.vanished.add(channelId)
  else memory.vanished.delete(channelId)
  if (!change.doubtful) memory.doubts.delete(channelId)
  else if (firstSeen === undefined) memory.doubts.set(channelId, head)
  if (!change.same) {
    // What this process remembers about the channel is read anew with its next payment.
    context.known.delete(channelId)
    report(tower, change.held, change.ledger, state)
  }
  return change.ledger
}

/** Whether the chain says less than the book: an old answer, or a block that vanished. */
function contradicts(held: Ledger, state: syncLedger.State): boolean {
  if (held.status === 'closed') return !state.closed && state.settled < held.spent
  if (state.closed) return false
  const gone = state.closeAt === 0 && held.closeAt > 0
  return gone || state.deposit < held.deposit || state.settled < held.settled
}

function isSame(held: Ledger, next: Ledger): boolean {
  return (
    held.closeAt === next.closeAt &&
    held.deposit === next.deposit &&
    held.settled === next.settled &&
    held.status === next.status
  )
}

function report(tower: Tower, held: Ledger, next: Ledger, state: syncLedger.State): void {
  const { channelId } = next
  const exposure = exposureOf(next)
  // An end that vanished was settled in the same block, or told by a node that lied.
  const reopened = held.status === 'closed' && next.status !== 'closed'
  const undone = reopened ? exposure : held.settled - next.settled
  if (undone > 0n) {
    tower.raise({ amount: undone, channelId, kind: 'undone' })
    // It was worth a transaction before, so it is due.
    tower.memory.owed.set(channelId, { settled: next.settled, since: Number.NEGATIVE_INFINITY })
  }
  if (next.status === 'closing' && state.deposit < smaller(held.deposit, next.authorized))
    tower.raise({ amount: exposure, channelId, kind: 'vanished' })
  else if (next.closeAt > 0 && held.closeAt === 0)
    tower.raise({ channelId, closeAt: next.closeAt, exposure, kind: 'exit' })
  if (next.status === 'closed' && held.status !== 'closed' && exposure > 0n)
    tower.raise({ amount: exposure, channelId, kind: 'loss' })
}
