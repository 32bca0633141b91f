import type { Address } from 'viem'

import type { Channel } from '../channel/channel.js'
import type { InferenceDomain } from '../price/priceTable.js'
import type { SignedReceipt, UsageReceipt } from '../receipt/receipt.js'

/** Two receipts that cannot both be true, with who signed them. Anybody can check it: see `verifyConflict`. */
export type ConflictProof = InferenceDomain & {
  /** Descriptor of the channel that both are about. */
  channel: Channel
  /** The receipt with the lower number, or either when both have the same. */
  first: SignedReceipt
  /** `sequence` when one number has two contents, `total` when the totals do not follow from each other. */
  kind: 'sequence' | 'total'
  /** The other receipt. */
  second: SignedReceipt
  /** Who signed the first and the second one. */
  signers: readonly [Address, Address]
}

/**
 * Finds how two receipts of one channel contradict each other. Numbers count what is charged one by one, and every
 * charge raises the total by exactly its cost.
 *
 * @param first - The one with the lower number, or either.
 * @param second - The other one.
 * @returns What is wrong; undefined when both can be true.
 */
export function findContradiction(
  first: UsageReceipt,
  second: UsageReceipt,
): ConflictProof['kind'] | undefined {
  if (first.sequence === second.sequence) return isSameReceipt(first, second) ? undefined : 'sequence'
  const [earlier, later] = first.sequence < second.sequence ? [first, second] : [second, first]
  const least = earlier.cumulative + later.cost
  const next = later.sequence === earlier.sequence + 1n
  return (next ? later.cumulative === least : later.cumulative >= least) ? undefined : 'total'
}

/** Whether two receipts say the same; one and the same statement signed twice is no contradiction. */
export function isSameReceipt(one: UsageReceipt, other: UsageReceipt): boolean {
  const fields = new Map<string, unknown>(Object.entries(other))
  return Object.entries(one).every(([name, value]) => {
    const same = fields.get(name)
    return typeof value === 'string' && typeof same === 'string'
      ? value.toLowerCase() === same.toLowerCase()
      : value === same
  })
}
