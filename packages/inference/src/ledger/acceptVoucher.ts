import type { Hex } from 'viem'

import { larger } from '../internal/compare.js'
import {
  ChannelEndingError,
  VoucherLoweredError,
  VoucherOverdrawnError,
  VoucherReplayedError,
} from './errors.js'
import { coverOf, type Ledger } from './ledger.js'

/**
 * Raises a channel's credit to what a voucher authorizes. The signature must have been verified before. A voucher
 * for less than a hash chain is worth already adds no credit, but covers that part of the chain.
 *
 * @param ledger - The book.
 * @param parameters - {@link acceptVoucher.Parameters}
 * @returns The new book.
 * @throws {@link VoucherReplayedError} when the voucher was presented before.
 * @throws {@link VoucherLoweredError} when an earlier voucher authorizes more.
 * @throws {@link VoucherOverdrawnError} when the deposit, less the margin, does not cover it.
 * @throws {@link ChannelEndingError} when the channel is not open.
 */
export function acceptVoucher(ledger: Ledger, parameters: acceptVoucher.Parameters): Ledger {
  checkVoucher(ledger, parameters)
  const { cumulativeAmount, signature } = parameters
  const authorized = larger(ledger.authorized, cumulativeAmount)
  return { ...ledger, authorized, signature, vouched: cumulativeAmount }
}

/**
 * Checks everything about a voucher that costs no cryptography.
 *
 * @param ledger - The book.
 * @param parameters - The voucher's cumulative amount in base units.
 * @throws What {@link acceptVoucher} throws.
 */
export function checkVoucher(ledger: Ledger, { cumulativeAmount }: { cumulativeAmount: bigint }): void {
  const { channelId, settled, status, vouched } = ledger
  if (status !== 'open') throw new ChannelEndingError({ channelId, status })
  const authorized = larger(vouched, settled)
  if (cumulativeAmount === authorized) throw new VoucherReplayedError({ authorized })
  if (cumulativeAmount < authorized) throw new VoucherLoweredError({ authorized, cumulativeAmount })
  const limit = coverOf(ledger)
  if (cumulativeAmount > limit) throw new VoucherOverdrawnError({ cumulativeAmount, limit })
}

/**
 * Keeps the voucher that a payer signs for exactly what was spent, as its last word: it covers what hash chains and
 * sessions paid for. The signature must have been verified before.
 *
 * @param ledger - The book.
 * @param parameters - {@link acceptVoucher.Parameters}
 * @returns The new book; the same one when the voucher is for another amount, or a higher one is known.
 */
export function coverSpent(
  ledger: Ledger,
  { cumulativeAmount, signature }: acceptVoucher.Parameters,
): Ledger {
  const { authorized, spent, vouched } = ledger
  if (cumulativeAmount !== spent || spent <= vouched) return ledger
  return { ...ledger, authorized: larger(authorized, spent), signature, vouched: spent }
}

export declare namespace acceptVoucher {
  type Parameters = {
    /** Total that the voucher authorizes, in base units. */
    cumulativeAmount: bigint
    /** The voucher's signature. */
    signature: Hex
  }
  type ErrorType = ChannelEndingError | VoucherLoweredError | VoucherOverdrawnError | VoucherReplayedError
}
