import type { Address, Hex } from 'viem'
import type { Channel } from '../channel/channel.js'
import type { UsageReceipt } from '../receipt/receipt.js'

/** What a provider may still do with a channel: serve it, only settle it, or nothing. */
export type LedgerStatus = 'closed' | 'closing' | 'open'

/** Credit set aside for a request that is being served. */
export type Reservation = {
  /** The most the request may cost, in base units. */
  readonly amount: bigint
  /** Cost of what had been delivered when the reservation was last written, in base units. */
  readonly delivered: bigint
  /** Unique name of the request. */
  readonly requestId: string
  /** Unix time in milliseconds at which the reservation was last written. */
  readonly writtenAt: number
}

/**
 * A provider's book on one channel.
 *
 * Always `spent + Σ reserved ≤ authorized ≤ max(settled, deposit − margin)`, and `spent` never falls.
 */
export type Ledger = {
  /** Total that the payer authorized by its highest voucher, in base units. */
  readonly authorized: bigint
  /** The channel's descriptor. */
  readonly channel: Channel
  /** The channel's id. */
  readonly channelId: Hex
  /** Unix time in seconds from which the payer may withdraw; 0 when no exit is pending. */
  readonly closeAt: number
  /** Base units put into the channel since it opened. */
  readonly deposit: bigint
  /** Base units of the deposit that vouchers may not touch. */
  readonly margin: bigint
  /** The last receipt's content; signing it again gives the same receipt. */
  readonly receipt: UsageReceipt | undefined
  /** Credit set aside for the requests being served. */
  readonly reserved: readonly Reservation[]
  /** Number of requests charged so far. */
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
  /** Unix time in milliseconds at which the chain was last read. */
  readonly syncedAt: number
}

/** Finds what a request holds. */
export function findReservation({ reserved }: Ledger, requestId: string): Reservation | undefined {
  return reserved.find((reservation) => reservation.requestId === requestId)
}

/** Adds up the credit that requests in flight hold, in base units. */
export function sumReserved(ledger: Ledger): bigint {
  let sum = 0n
  for (const { amount } of ledger.reserved) sum += amount
  return sum
}

/** Computes the credit that no request holds, in base units. */
export function availableCredit(ledger: Ledger): bigint {
  return ledger.authorized - ledger.spent - sumReserved(ledger)
}
