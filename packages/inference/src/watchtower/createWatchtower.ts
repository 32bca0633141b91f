import type { Hex } from 'viem'
import { getGasPrice } from 'viem/actions'
import { getAction } from 'viem/utils'

import { larger } from '../internal/compare.js'
import type { Ledger } from '../ledger/ledger.js'
import type { ProviderContext } from '../provider/context.js'
import type { Alarm } from './alarm.js'
import { createTicker } from './createTicker.js'
import { finishClosings } from './finishClosings.js'
import { planSettlements } from './planSettlements.js'
import { readExits } from './readExits.js'
import { askAll, readHeads } from './readHeads.js'
import { readStates } from './readStates.js'
import { settleDue } from './settleDue.js'
import { exposureOf, syncBooks } from './syncBooks.js'
import { createTower, type Tower } from './tower.js'
import type { WatchOptions, WatchReport, Watchtower } from './watchtower.js'

/**
 * Creates a provider's watchtower, and starts it.
 *
 * @param context - The provider.
 * @param options - {@link WatchOptions}
 * @returns The watchtower.
 * @throws `ProviderOptionError` when an option cannot work.
 */
export function createWatchtower(context: ProviderContext, options: WatchOptions = {}): Watchtower {
  let alarms: Alarm[] = []
  const tower = createTower(context, options, (alarm) => {
    alarms.push(alarm)
    context.observer?.alarmed?.(alarm.kind)
    options.onAlarm?.(alarm)
  })
  const look = async (now: number, { flush, sweep }: { flush: boolean; sweep: boolean }) => {
    const found = await watch(tower, { flush, now, sweep }).catch((error: unknown) => {
      tower.raise({ error, kind: 'failed' })
      return { connected: false, exits: 0, exposure: 0n, hashes: [], head: 0n, paid: new Map(), watched: 0 }
    })
    const report = { ...found, alarms }
    alarms = []
    options.onReport?.(report)
    return report
  }
  const { run, stop } = createTicker(tower.interval, context.onError, () =>
    look(context.now(), { flush: false, sweep: false }),
  )
  return {
    flush: () => run(() => look(context.now(), { flush: true, sweep: true })),
    stop,
    tick: ({ now = context.now(), sweep = false } = {}) => run(() => look(now, { flush: false, sweep })),
  }
}

async function watch(
  tower: Tower,
  { flush, now, sweep }: { flush: boolean; now: number; sweep: boolean },
): Promise<Omit<WatchReport, 'alarms'>> {
  const { memory } = tower
  const heads = await readHeads(tower, now)
  const head = heads.reduce((most, { number }) => larger(number, most), 0n)
  const exits = await readExits(tower, heads)
  const full = sweep || exits === undefined || now - memory.sweptAt >= tower.sweepInterval
  const channelIds = full
    ? await listChannels(tower, head)
    : [...memory.doubts.keys(), ...memory.ended.keys()]
  const wanted = new Set([...channelIds, ...(exits ?? []), ...memory.exits])

  const states = await readStates(tower, heads, [...wanted])
  const known = await syncBooks(tower, states, { head, now })
  // Without a node, what the books say must do: an exit that is known ends on time, whoever answers.
  const books = [
    ...known,
    ...(await readUnanswered(
      tower,
      [...wanted].filter((id) => !states.has(id)),
    )),
  ]
  noteExits(tower, books)
  if (full && heads.length > 0) {
    memory.readTo = head
    memory.sweptAt = now
  }

  const [gas] = await askAll(tower, heads.slice(0, 1), ({ client }) =>
    getAction(client, getGasPrice, 'getGasPrice')({}),
  )
  const chainTime = Math.max(Math.floor(now / 1000), ...heads.map(({ timestamp }) => timestamp))
  const due = flush
    ? books
        .filter((book) => book.status !== 'closed' && exposureOf(book) > tower.dust)
        .map((book) => book.channelId)
    : planSettlements(tower, books, { chainTime, gasPrice: gas?.answer, now })
  const settled = await settleDue(tower, due, { chainTime, now })
  const closed = await finishClosings(tower, books, { chainTime, gasPrice: gas?.answer, now })
  return {
    connected: heads.length > 0,
    exits: memory.exits.size,
    exposure: books.reduce((sum, book) => sum + exposureOf(book), 0n),
    hashes: [...settled.hashes, ...closed.hashes],
    head,
    // What was settled a moment ago is not paid again by the end.
    paid: new Map([...closed.paid, ...settled.paid]),
    watched: books.length,
  }
}

/** Every channel that may still move money, and those that ended a moment ago: their end may vanish again. */
async function listChannels({ confirmations, context, memory }: Tower, head: bigint): Promise<Hex[]> {
  const open = new Set<Hex>()
  for await (const { channelId, status } of context.store.list()) {
    if (status !== 'closed') open.add(channelId)
    else if (memory.open.has(channelId)) memory.ended.set(channelId, head + confirmations * 2n)
  }
  memory.open = open
  for (const [channelId, until] of memory.ended) if (head > until) memory.ended.delete(channelId)
  return [...open, ...memory.ended.keys()]
}

async function readUnanswered({ context }: Tower, channelIds: readonly Hex[]): Promise<Ledger[]> {
  const books: Ledger[] = []
  for (const channelId of channelIds) {
    const book = await context.store.transact(channelId, (ledger) => ({ ledger, result: ledger }))
    if (book) books.push(book)
  }
  return books
}

function noteExits({ memory }: Tower, books: readonly Ledger[]): void {
  for (const { channelId, closeAt, status } of books)
    if (closeAt > 0 && status !== 'closed') memory.exits.add(channelId)
    else memory.exits.delete(channelId)
}
