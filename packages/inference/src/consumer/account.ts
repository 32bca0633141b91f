import type { AitokenError } from '@aitoken/core/errors'
import type { Hex } from 'viem'

import type { Channel } from '../channel/channel.js'
import { larger, smaller } from '../internal/compare.js'
import type { SignedReceipt } from '../receipt/receipt.js'
import type { Quote } from '../wire/quote.js'
import { BudgetExceededError, DepositExceededError } from './errors.js'

/** What a consumer keeps about a channel between runs. */
export type ChannelRecord = {
  /** Total that receipts account for, in base units. */
  readonly billed: bigint
  /** The channel's descriptor. */
  readonly channel: Channel
  /** The channel's id. */
  readonly channelId: Hex
  /** Base units put in. */
  readonly deposit: bigint
  /** Total signed for, in base units. */
  readonly signed: bigint
}

/** Credit that a request may use up. */
export type Allotment = {
  /** Base units. */
  amount: bigint
  /** What its refused bill may have charged at most, in base units; undefined unless a bill was refused. */
  due?: bigint | undefined
  /** Whether the outcome is unknown, because the answer never came to its end. */
  lost: boolean
  /** The most that the request can cost, in base units: streams beside it may lend it their credit. */
  most: bigint
}

/** A consumer's dealings with one provider. */
export type ProviderAccount = {
  /** Credit of requests whose bill is not in. */
  readonly allotments: Set<Allotment>
  /** Total billed when this session began, in base units. */
  readonly began: bigint
  /** What refused bills charged beyond what was due, in base units. */
  disputed: bigint
  /** Total signed for when this session began, in base units. */
  readonly base: bigint
  /** Whether the provider was shown the channel's descriptor. */
  introduced: boolean
  readonly origin: string
  quote: Quote
  readonly receipts: Map<bigint, SignedReceipt>
  record: ChannelRecord
  /** Why nothing more is signed; undefined while all is well. */
  stopped: AitokenError | undefined
}

/** What a consumer lets itself spend, in base units. */
export type Budget = {
  /** Most that one request may authorize. */
  readonly request: bigint
  /** Most that all requests together may authorize, over all providers, until the consumer is created anew. */
  readonly session: bigint
}

/** Credit that requests with an open bill may use up, in base units. */
export function sumAllotted({ allotments }: ProviderAccount): bigint {
  let sum = 0n
  for (const { amount } of allotments) sum += amount
  return sum
}

/** The most that a provider can have charged honestly until now, in base units. */
export function sumCharged({ allotments, record }: ProviderAccount): bigint {
  let sum = record.billed
  for (const { amount, most } of allotments) sum += larger(amount, most)
  return smaller(sum, larger(record.signed, record.billed))
}

/**
 * Computes the voucher that covers everything billed and allotted: at least one unit above the last, because a
 * voucher is good for one time.
 *
 * @param account - The dealings with the provider.
 * @param parameters - Budget, and what other providers were promised this session, in base units.
 * @returns The cumulative amount, in base units.
 * @throws {@link BudgetExceededError} when the session's budget does not cover it.
 * @throws {@link DepositExceededError} when the channel's deposit does not cover it.
 */
export function nextVoucher(
  account: ProviderAccount,
  { budget, elsewhere }: { budget: Budget; elsewhere: bigint },
): bigint {
  const { base, quote, record } = account
  const cumulative = larger(record.signed + 1n, record.billed + sumAllotted(account))
  const needed = elsewhere + cumulative - base
  if (needed > budget.session)
    throw new BudgetExceededError({ budget: 'session', limit: budget.session, needed })
  const limit = record.deposit - quote.safetyMargin
  if (cumulative > limit) throw new DepositExceededError({ limit, needed: cumulative })
  return cumulative
}

/** What this session promised the provider, in base units. */
export function sumPromised({ base, record }: ProviderAccount): bigint {
  return record.signed - base
}
