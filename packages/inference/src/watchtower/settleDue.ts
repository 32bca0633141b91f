import { TransactionUnconfirmedError } from '@aitoken/core'
import type { Hex } from 'viem'

import { type SettledChannels, settleChannels } from '../provider/settleChannels.js'
import { claimChannels, holdClaims, renewClaims, yieldClaims } from './claimChannels.js'
import { confirmOrRaise } from './confirmOrRaise.js'
import { SettlementSkippedError } from './errors.js'
import type { Tower } from './tower.js'

/** Milliseconds for which a channel is left alone that could not be settled. */
const restFor = 60_000

const nothing: SettledChannels = { hashes: [], paid: new Map() }

/**
 * Settles channels that no other process is about to settle. While the outcome of an earlier transaction is not known,
 * nothing is sent beside it.
 *
 * @param tower - The watchtower.
 * @param channelIds - The channels.
 * @param at - {@link claimChannels.Parameters}
 * @returns What was settled. What failed is an alarm, and is tried again at the next look.
 */
export async function settleDue(
  tower: Tower,
  channelIds: readonly Hex[],
  at: claimChannels.Parameters,
): Promise<SettledChannels> {
  const { now } = at
  if (!(await resolveStuck(tower, now))) return nothing
  const claimed = await claimChannels(tower, channelIds, at)
  if (claimed.length === 0) return nothing
  try {
    const settled = await holdClaims(tower, claimed, now, () => settleChannels(tower.context, claimed))
    await yieldClaims(tower, claimed)
    const left = claimed.filter((channelId) => !settled.paid.get(channelId))
    rest(tower, left, now)
    if (left.length > 0)
      tower.raise({
        channelIds: left,
        error: new SettlementSkippedError({ channelIds: left }),
        kind: 'unsettled',
      })
    return settled
  } catch (error) {
    if (error instanceof TransactionUnconfirmedError) {
      tower.memory.stuck = { channelIds: claimed, hash: error.hash }
      tower.raise({ error, hash: error.hash, kind: 'stuck' })
    } else {
      tower.raise({ channelIds: claimed, error, kind: 'unsettled' })
      rest(tower, claimed, now)
      await yieldClaims(tower, claimed)
    }
    return nothing
  }
}

/** Asks for an earlier transaction again; false while nobody knows what became of it. */
async function resolveStuck(tower: Tower, now: number): Promise<boolean> {
  const { context, memory } = tower
  const { stuck } = memory
  if (!stuck) return true
  const { channelIds, hash } = stuck
  await renewClaims(tower, channelIds, now)
  const patience = context.timeouts.stuck
  try {
    await holdClaims(tower, channelIds, now, () =>
      context.submit(() => confirmOrRaise(context.client, { hash, patience })),
    )
  } catch (error) {
    if (error instanceof TransactionUnconfirmedError) {
      memory.stuck = { channelIds, hash: error.hash }
      tower.raise({ error, hash: error.hash, kind: 'stuck' })
      return false
    }
    // It failed for certain: what it should have settled is still owed.
    tower.raise({ channelIds, error, kind: 'unsettled' })
  }
  memory.stuck = undefined
  await yieldClaims(tower, channelIds)
  return true
}

function rest({ memory }: Tower, channelIds: readonly Hex[], now: number): void {
  for (const [channelId, until] of memory.resting) if (until <= now) memory.resting.delete(channelId)
  for (const channelId of channelIds) memory.resting.set(channelId, now + restFor)
}
