import type { Hex } from 'viem'

import type { Ledger } from '../ledger/ledger.js'
import { isLastChance } from './claimChannels.js'
import { exposureOf } from './syncBooks.js'
import type { Tower } from './tower.js'

/** Gas of a transaction that settles, and of each channel in it, as measured. */
const gas = { channel: 12_000n, transaction: 43_000n }

/** One native coin, in wei. */
const coin = 10n ** 18n

/**
 * Decides which channels are settled now. A payer's exit is answered as soon as the last request has ended, and at
 * the latest `exitMargin` before the payer can leave, whatever gas costs. Others wait until they owe enough, or for
 * long enough, and while gas is dear. What is known to be worth less than its gas is left to the payer.
 *
 * @param tower - The watchtower.
 * @param books - The books, as the chain was just seen.
 * @param at - {@link planSettlements.Parameters}
 * @returns The channels.
 */
export function planSettlements(
  tower: Tower,
  books: readonly Ledger[],
  { chainTime, gasPrice, now }: planSettlements.Parameters,
): Hex[] {
  const { maxGasPrice, nativePrice } = tower
  const dear = maxGasPrice !== undefined && gasPrice !== undefined && gasPrice > maxGasPrice
  const costOf = (units: bigint) =>
    nativePrice !== undefined && gasPrice !== undefined ? (units * gasPrice * nativePrice) / coin : 0n
  const alone = costOf(gas.transaction + gas.channel)
  const perChannel = costOf(gas.channel)

  const urgent: Hex[] = []
  const due: Hex[] = []
  let worth = 0n
  for (const ledger of books) {
    const { channelId, closeAt, reserved, status } = ledger
    const exposure = exposureOf(ledger)
    const since = noteOwed(tower, ledger, exposure, now)
    if (status === 'closed' || exposure <= tower.dust || isResting(tower, channelId, now)) continue
    if (closeAt > 0) {
      const last = isLastChance(tower, ledger, { chainTime })
      if (!last && (dear || reserved.length > 0)) continue
      // Alone in its transaction, if need be: after this there is no other chance.
      if (exposure > alone) urgent.push(channelId)
      else if (exposure > perChannel) {
        due.push(channelId)
        worth += exposure
      }
    } else if (!dear && isDue(tower, { exposure, now, perChannel, since })) {
      due.push(channelId)
      worth += exposure
    }
  }
  const cost = costOf(gas.transaction + gas.channel * BigInt(due.length))
  // Those that are due ride along with an exit; alone they must be worth their transaction.
  return urgent.length > 0 || worth > cost ? [...urgent, ...due] : []
}

/** Nothing can be settled on a channel that the chain does not know, and what just failed is left alone for a while. */
function isResting({ memory }: Tower, channelId: Hex, now: number): boolean {
  return memory.vanished.has(channelId) || (memory.resting.get(channelId) ?? 0) > now
}

function isDue(
  { ageFloor, maxAge, nativePrice, riskBps, settleAbove }: Tower,
  owed: { exposure: bigint; now: number; perChannel: bigint; since: number },
): boolean {
  const { exposure, now, perChannel, since } = owed
  if (exposure <= perChannel) return false
  if (settleAbove !== undefined && exposure >= settleAbove) return true
  if (nativePrice !== undefined && (exposure * riskBps) / 10_000n > perChannel) return true
  // What a reorganisation undid was worth a transaction before.
  if (since === Number.NEGATIVE_INFINITY) return true
  return exposure >= ageFloor && now - since >= maxAge * 1000
}

/** Since when something is owed, in milliseconds; it begins anew when the channel is settled. */
function noteOwed({ memory }: Tower, ledger: Ledger, exposure: bigint, now: number): number {
  const { channelId, settled } = ledger
  const held = memory.owed.get(channelId)
  if (exposure <= 0n) {
    memory.owed.delete(channelId)
    return now
  }
  if (held && held.settled === settled) return held.since
  memory.owed.set(channelId, { settled, since: now })
  return now
}

export declare namespace planSettlements {
  type Parameters = {
    /** The chain's time or the clock's, whichever is later, in seconds. */
    chainTime: number
    /** Price of gas in wei; undefined when no node told it. */
    gasPrice: bigint | undefined
    /** Unix time in milliseconds. */
    now: number
  }
}
