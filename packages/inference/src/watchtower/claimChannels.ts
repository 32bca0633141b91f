import type { Hex } from 'viem'

import { claimSettlement, yieldSettlement } from '../ledger/claimSettlement.js'
import type { Ledger } from '../ledger/ledger.js'
import type { Tower } from './tower.js'

/** How long a claim holds, in milliseconds: who dies with it is relieved soon, and who waits for longer renews it. */
const claimFor = 90_000

/** Milliseconds after which a claim is renewed by who still waits. */
const renewEvery = 30_000

/**
 * Claims the right to settle channels. What another process holds is left to it until its claim lapses, or until a
 * payer may leave within the exit margin: then nobody knows whether the other one lives, and to settle twice costs
 * gas, not to settle costs everything.
 *
 * @param tower - The watchtower.
 * @param channelIds - The channels.
 * @param at - {@link claimChannels.Parameters}
 * @returns Those that were claimed.
 */
export async function claimChannels(
  tower: Tower,
  channelIds: readonly Hex[],
  at: claimChannels.Parameters,
): Promise<Hex[]> {
  const { context, id, raise } = tower
  const claimed: Hex[] = []
  for (const channelId of channelIds) {
    const { relieved, won } = await context.store.transact(channelId, (held) => {
      const claim = { by: id, until: at.now + claimFor }
      const free = held && claimSettlement(held, { ...claim, now: at.now })
      const last = held && !free && isLastChance(tower, held, at) ? held : undefined
      const ledger = free ?? (last && { ...last, claim })
      return { ledger: ledger ?? held, result: { relieved: last?.claim, won: ledger !== undefined } }
    })
    if (relieved) raise({ ...relieved, channelId, kind: 'held' })
    if (won) claimed.push(channelId)
  }
  return claimed
}

export declare namespace claimChannels {
  type Parameters = {
    /** The chain's time or the clock's, whichever is later, in seconds. */
    chainTime: number
    /** Unix time in milliseconds. */
    now: number
  }
}

/** Whether a payer's exit ends so soon that there may be no other look before it. */
export function isLastChance(
  { context }: Tower,
  { closeAt }: Ledger,
  { chainTime }: { chainTime: number },
): boolean {
  return closeAt > 0 && chainTime >= closeAt - context.exitMargin
}

/**
 * Does something that takes long, and renews claims meanwhile.
 *
 * @param tower - The watchtower.
 * @param channelIds - The channels that it claimed.
 * @param now - Unix time in milliseconds.
 * @param task - What takes long.
 * @returns What the task returns.
 */
export async function holdClaims<result>(
  tower: Tower,
  channelIds: readonly Hex[],
  now: number,
  task: () => Promise<result>,
): Promise<result> {
  const began = tower.context.now()
  const timer = setInterval(() => {
    const present = now + tower.context.now() - began
    renewClaims(tower, channelIds, present).catch((error: unknown) => tower.raise({ error, kind: 'failed' }))
  }, renewEvery)
  try {
    return await task()
  } finally {
    clearInterval(timer)
  }
}

/** Renews claims; what somebody else took over stays with it. */
export async function renewClaims(tower: Tower, channelIds: readonly Hex[], now: number): Promise<void> {
  const { context, id } = tower
  for (const channelId of channelIds)
    await context.store.transact(channelId, (held) => {
      const kept = held?.claim?.by === id ? held : undefined
      const ledger = kept && claimSettlement(kept, { by: id, now, until: now + claimFor })
      return { ledger: ledger ?? held, result: undefined }
    })
}

/** Gives claims back. */
export async function yieldClaims({ context, id }: Tower, channelIds: readonly Hex[]): Promise<void> {
  for (const channelId of channelIds)
    await context.store.transact(channelId, (held) => ({
      ledger: held && yieldSettlement(held, { by: id }),
      result: undefined,
    }))
}
