import type { Ledger } from './ledger.js'

/**
 * Claims the right to settle a channel, for a while.
 *
 * @param ledger - The book.
 * @param parameters - {@link claimSettlement.Parameters}
 * @returns The new book; undefined when another process holds the right.
 */
export function claimSettlement(
  ledger: Ledger,
  { by, now, until }: claimSettlement.Parameters,
): Ledger | undefined {
  const { claim } = ledger
  if (claim && claim.by !== by && claim.until > now) return undefined
  return { ...ledger, claim: { by, until } }
}

/** Gives the right to settle back; a right of somebody else stays. */
export function yieldSettlement(ledger: Ledger, { by }: { by: string }): Ledger {
  if (ledger.claim?.by !== by) return ledger
  const { claim: _, ...rest } = ledger
  return rest
}

export declare namespace claimSettlement {
  type Parameters = {
    /** Unique name of the process that claims. */
    by: string
    /** The present, as Unix time in milliseconds. */
    now: number
    /** Unix time in milliseconds at which the claim lapses. */
    until: number
  }
}
