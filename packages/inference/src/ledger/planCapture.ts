import { larger, smaller } from '../internal/compare.js'
import { type Ledger, worthOf } from './ledger.js'

/** What of a channel's spending can be taken on chain, and how. */
export type Capture = {
  /** Total that can be taken, in base units: what was spent, as far as it is signed for. */
  readonly amount: bigint
  /** Steps of the hash chain that take it; 0 when the voucher, or an earlier settlement, does. */
  readonly steps: number
}

/**
 * Computes what of a channel's spending can be taken on chain. The voucher takes any amount; the hash chain only
 * whole units, so less than one unit stays behind when the payer never signs a last voucher. What a session spent
 * of the credit beyond that is the provider's risk.
 *
 * @param ledger - The book.
 * @returns What can be taken; never more than was spent.
 */
export function planCapture(ledger: Ledger): Capture {
  const { settled, signature, spent, stream, vouched } = ledger
  const byVoucher = larger(settled, signature ? smaller(spent, vouched) : 0n)
  if (!stream || spent <= byVoucher || spent <= stream.base) return { amount: byVoucher, steps: 0 }
  // At most 1,024, so a number holds it.
  const steps = Number(smaller(BigInt(stream.steps), (spent - stream.base) / stream.unit))
  const byStream = steps > 0 ? worthOf({ ...stream, steps }) : 0n
  return byStream > byVoucher ? { amount: byStream, steps } : { amount: byVoucher, steps: 0 }
}
