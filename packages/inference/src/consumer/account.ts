import type { AitokenError } from '@aitoken/core/errors'

import type { ChannelRecord } from '../books/channelRecord.js'
import type { Bookkeeper } from '../books/createBookkeeper.js'
import { larger, smaller } from '../internal/compare.js'
import type { ModelPrice } from '../price/priceTable.js'
import type { SignedReceipt } from '../receipt/receipt.js'
import type { Quote } from '../wire/quote.js'
import type { Lanes } from './lanes.js'

/** Credit that a request may use up. */
export type Allotment = {
  /** Base units. */
  amount: bigint
  /** Whether its answer broke off or never came, and not because the payer left. */
  cut?: boolean | undefined
  /** What its refused bill may have charged at most, in base units; undefined unless a bill was refused. */
  due?: bigint | undefined
  /** Whether its bill is entered in the books, or on its way there: then it needs no credit any more. */
  entered?: boolean | undefined
  /** Whether the outcome is unknown, because the answer never came to its end. */
  lost: boolean
  /** The most that the request can cost, in base units: streams beside it may lend it their credit. */
  most: bigint
}

/** A consumer's dealings with one provider. */
export type ProviderAccount = {
  /** Total up to which every charge is in the books, in base units: receipts below it are repetitions. */
  accounted: bigint
  /** Prices that were agreed, by model: those that this run has asked for. */
  readonly agreed: Map<string, ModelPrice>
  /** Credit of requests whose bill is not in. */
  readonly allotments: Set<Allotment>
  /** The books that the channel is in. */
  readonly books: Bookkeeper
  /** Raises that whoever pays is being asked about, by model. */
  readonly deciding: Map<string, Promise<void>>
  /** What refused bills charged beyond what was due, in base units. */
  disputed: bigint
  /** Whether the provider was shown the channel's descriptor. */
  introduced: boolean
  /** The cheaper lanes of the channel. */
  readonly lanes: Lanes
  /** The receipt with the highest number. */
  latest?: SignedReceipt | undefined
  readonly origin: string
  quote: Quote
  /** The receipts that are kept, by number. */
  readonly receipts: Map<bigint, SignedReceipt>
  /** The channel as the books had it last. */
  record: ChannelRecord
  /** Times in a row that answers were charged which never arrived. */
  silences: number
  /** Digests of the price tables that are kept with the receipts. */
  readonly tables: Set<string>
  /** Why nothing more is signed; undefined while all is well. */
  stopped: AitokenError | undefined
  /** Ends when payments that were overtaken have had their turn; undefined when there were none. */
  turn: Promise<void> | undefined
  /** What was charged for answers that broke off or never came, in base units. */
  unanswered: bigint
}

/** Credit that requests with an open bill may use up, in base units. */
export function sumAllotted({ allotments }: Pick<ProviderAccount, 'allotments'>): bigint {
  let sum = 0n
  for (const { amount, entered } of allotments) if (!entered) sum += amount
  return sum
}

/** The most that a provider can have charged honestly until now, in base units. */
export function sumCharged({ allotments, record }: ProviderAccount): bigint {
  let sum = record.billed
  for (const { amount, most } of allotments) sum += larger(amount, most)
  return smaller(sum, larger(record.signed, record.billed))
}

/** Lost requests that are told apart; more are only added up. */
const lostKept = 16

/**
 * Adds lost requests up when there are many: only their sums are ever looked at, and while others are always in
 * flight, no moment comes at which the provider could tell what they cost.
 *
 * @param account - The dealings with the provider.
 */
export function mergeLost({ allotments }: ProviderAccount): void {
  const lost = [...allotments].filter((allotment) => allotment.lost && !allotment.entered)
  if (lost.length <= lostKept) return
  const cut = lost.some((allotment) => allotment.cut)
  const merged = { amount: 0n, cut, due: 0n, lost: true, most: 0n }
  for (const allotment of lost) {
    const most = larger(allotment.amount, allotment.most)
    merged.amount += allotment.amount
    merged.due += allotment.due ?? most
    merged.most += most
    allotments.delete(allotment)
  }
  allotments.add(merged)
}
