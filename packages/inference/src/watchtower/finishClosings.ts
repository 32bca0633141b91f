import { TransactionUnconfirmedError } from '@aitoken/core'
import type { Hash, Hex } from 'viem'

import type { Ledger } from '../ledger/ledger.js'
import type { SettledChannels } from '../provider/settleChannels.js'
import { claimChannels, holdClaims, yieldClaims } from './claimChannels.js'
import type { Tower } from './tower.js'

/** A closing that is under way raises its fee four times, and then gives up. */
const waits = 6

/** Whether a channel is neither served nor ended: its closing was begun, and no exit of the payer ends it. */
export function isCutOff({ closeAt, reserved, status }: Ledger): boolean {
  return status === 'closing' && closeAt === 0 && reserved.length === 0
}

/**
 * Closes channels whose closing was begun and cut off, as by a crash: nobody serves them, and their payers' money
 * would stay locked. What may still be under way, here or in another process, is left alone.
 *
 * @param tower - The watchtower.
 * @param books - The books, as the chain was just seen.
 * @param at - {@link finishClosings.Parameters}
 * @returns What was paid. What failed is an alarm, and is tried again.
 */
export async function finishClosings(
  tower: Tower,
  books: readonly Ledger[],
  { chainTime, gasPrice, now }: finishClosings.Parameters,
): Promise<SettledChannels> {
  const { context, maxGasPrice, memory } = tower
  const due = noteClosings(tower, books, now)
  const dear = maxGasPrice !== undefined && gasPrice !== undefined && gasPrice > maxGasPrice
  const hashes: Hash[] = []
  const paid = new Map<Hex, bigint>()
  for (const { channelId, settled } of dear ? [] : due) {
    // While nobody knows what became of a transaction, nothing is sent beside it.
    if (memory.stuck) break
    const claimed = await claimChannels(tower, [channelId], { chainTime, now })
    if (claimed.length === 0) continue
    try {
      const { closeChannel } = await import('../provider/closeChannel.js')
      const closed = await holdClaims(tower, claimed, now, () => closeChannel(context, channelId))
      hashes.push(closed.hash)
      paid.set(channelId, closed.spent - closed.uncovered - settled)
      memory.closings.delete(channelId)
    } catch (error) {
      if (error instanceof TransactionUnconfirmedError) {
        memory.stuck = { channelIds: claimed, hash: error.hash }
        tower.raise({ error, hash: error.hash, kind: 'stuck' })
        break
      }
      // It is looked at anew after as long: it ended by another's transaction, or is tried again.
      memory.closings.set(channelId, now)
      tower.raise({ channelIds: claimed, error, kind: 'unsettled' })
    }
    await yieldClaims(tower, claimed)
  }
  return { hashes, paid }
}

/** Notes which closings stand still, and says which have for longer than one takes. */
function noteClosings({ context, memory }: Tower, books: readonly Ledger[], now: number): Ledger[] {
  const due: Ledger[] = []
  for (const ledger of books) {
    const { channelId } = ledger
    const since = memory.closings.get(channelId) ?? now
    if (!isCutOff(ledger) || memory.vanished.has(channelId)) memory.closings.delete(channelId)
    else {
      memory.closings.set(channelId, since)
      if (now - since >= context.timeouts.stuck * waits) due.push(ledger)
    }
  }
  return due
}

export declare namespace finishClosings {
  type Parameters = {
    /** The chain's time or the clock's, whichever is later, in seconds. */
    chainTime: number
    /** Price of gas in wei; undefined when no node told it. */
    gasPrice: bigint | undefined
    /** Unix time in milliseconds. */
    now: number
  }
}
