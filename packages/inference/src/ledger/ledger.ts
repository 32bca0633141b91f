import type { Address, Hash, Hex } from 'viem'

import type { Channel } from '../channel/channel.js'
import { larger, smaller } from '../internal/compare.js'
import type { UsageReceipt } from '../receipt/receipt.js'

/** What a provider may still do with a channel: serve it, only settle it, or nothing. */
export type LedgerStatus = 'closed' | 'closing' | 'open'

/** Credit set aside for a request that is being served. */
export type Reservation = {
  /** The most the request may cost, in base units. */
  readonly amount: bigint
  /** Which attempt at a request with an idempotency key holds it: the name stays, who serves it may change. */
  readonly attempt?: string | undefined
  /** Cost of what had been delivered when the reservation was last written, in base units. */
  readonly delivered: bigint
  /** What a request with an idempotency key said: another one under the same key is refused. */
  readonly fingerprint?: Hex | undefined
  /** Name of the session's key under which the request came; undefined when it brought a payment of its own. */
  readonly grant?: Hex | undefined
  /** Unique name of the request. */
  readonly requestId: string
  /** Unix time in milliseconds at which the reservation was last written. */
  readonly writtenAt: number
}

/** A hash chain that pays on a channel, as far as the payer revealed it: worth `base + steps * unit` in total. */
export type RevealedStream = {
  /** Total owed when the chain began, in base units. */
  readonly base: bigint
  /** The last revealed link. */
  readonly link: Hash
  /** Number of links. */
  readonly maxSteps: number
  /** End of the chain that the payer committed to. */
  readonly root: Hash
  /** Signature of the commitment. */
  readonly signature: Hex
  /** Number of links revealed, from 1. */
  readonly steps: number
  /** Value of one link, in base units. */
  readonly unit: bigint
}

/** A session that the payer granted: its requests carry a code under a shared key instead of a signature. */
export type GrantedSession = {
  /** Base units charged under it. */
  readonly charged: bigint
  /** Highest number that a request under it had; 0n before the first. */
  readonly counter: bigint
  /** Unix time in seconds at which it ends. */
  readonly expiry: bigint
  /** The key, of 32 bytes. Who holds it can ask for answers within limit and expiry, and never redeem anything. */
  readonly key: Hex
  /** First 8 bytes of the key's hash. */
  readonly keyId: Hex
  /** The most that may be charged under it, in base units. */
  readonly limit: bigint
  /** Which of the last 64 numbers were used: bit i stands for `counter - i`. */
  readonly seen: bigint
}

/** The right to settle a channel, so that of several processes only one pays for the transaction. */
export type SettlementClaim = {
  /** Unique name of the process. */
  readonly by: string
  /** Unix time in milliseconds from which another process may take over. */
  readonly until: number
}

/**
 * A provider's book on one channel.
 *
 * Always `vouched ≤ authorized ≤ max(settled, deposit − margin)`, and `spent` never falls. Without sessions,
 * `spent + Σ reserved ≤ authorized`; requests of a session may use up to `credit` more, within `deposit − margin`.
 */
export type Ledger = {
  /** Total that the payer authorized by its highest voucher or hash-chain link, in base units. */
  readonly authorized: bigint
  /** The channel's descriptor. */
  readonly channel: Channel
  /** The channel's id. */
  readonly channelId: Hex
  /** Who is about to settle the channel; undefined when nobody is. */
  readonly claim?: SettlementClaim | undefined
  /** Unix time in seconds from which the payer may withdraw; 0 when no exit is pending. */
  readonly closeAt: number
  /** Base units that requests of a session may use beyond what is authorized. */
  readonly credit: bigint
  /** Base units put into the channel since it opened. */
  readonly deposit: bigint
  /** Sessions that the payer granted, at most 4. */
  readonly grants: readonly GrantedSession[]
  /** Base units of the deposit that vouchers may not touch. */
  readonly margin: bigint
  /** The last receipt's content; signing it again gives the same receipt. */
  readonly receipt: UsageReceipt | undefined
  /** Credit set aside for the requests being served. */
  readonly reserved: readonly Reservation[]
  /** Number of the last request that was charged, counted from the time at which the book began. */
  readonly sequence: bigint
  /** Base units paid out on chain since the channel opened. */
  readonly settled: bigint
  /** Signature of the highest voucher; undefined until the first one. */
  readonly signature: Hex | undefined
  /** Who signs the channel's vouchers. */
  readonly signer: Address
  /** Total charged since the channel opened, in base units. */
  readonly spent: bigint
  /** Whether the channel is served. */
  readonly status: LedgerStatus
  /** The hash chain that pays; undefined when the payer uses none. */
  readonly stream: RevealedStream | undefined
  /** Unix time in milliseconds at which the chain was last read. */
  readonly syncedAt: number
  /** Total that the highest voucher authorizes, whose signature is kept, in base units. */
  readonly vouched: bigint
}

/** Who holds a reservation. */
export type Holder = Pick<Reservation, 'attempt' | 'requestId'>

/** Finds what a request holds; with an attempt, only what that attempt holds. */
export function findReservation(
  { reserved }: Ledger,
  requestId: string,
  attempt?: string | undefined,
): Reservation | undefined {
  const found = reserved.find((reservation) => reservation.requestId === requestId)
  return attempt === undefined || found?.attempt === attempt ? found : undefined
}

/** Adds up the credit that requests in flight hold, in base units. */
export function sumReserved(ledger: Ledger): bigint {
  let sum = 0n
  for (const { amount } of ledger.reserved) sum += amount
  return sum
}

/**
 * Computes the credit that no request holds, in base units.
 *
 * @param ledger - The book.
 * @param grant - The session's key for whose requests it is; undefined for those that bring a payment.
 * @returns The credit; below zero when sessions use more than was authorized.
 */
export function availableCredit(ledger: Ledger, grant?: Hex | undefined): bigint {
  const { authorized, credit, spent } = ledger
  const free = authorized - spent - sumReserved(ledger)
  if (grant === undefined) return free
  return free + larger(smaller(credit, coverOf(ledger) - authorized), 0n)
}

/** The most that the channel can be made to pay, in base units. */
export function coverOf({ deposit, margin }: Pick<Ledger, 'deposit' | 'margin'>): bigint {
  return larger(deposit - margin, 0n)
}

/** What a hash chain is worth as far as it was revealed, in base units. */
export function worthOf({ base, steps, unit }: Pick<RevealedStream, 'base' | 'steps' | 'unit'>): bigint {
  return base + BigInt(steps) * unit
}
