import { AitokenError } from '@aitoken/core/errors'

import { BillExceedsUsageError, ReceiptConflictError } from '../receipt/errors.js'
import { decodeReceipt } from '../wire/receiptText.js'
import type { Allotment, ProviderAccount } from './account.js'
import { checkBill, type Evidence } from './checkBill.js'
import { type ConsumerContext, storeKey } from './context.js'

/**
 * Checks a request's bill and settles it. When a provider charges too much or contradicts itself, nothing more is
 * signed for it.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @param parameters - {@link settleBill.Parameters}
 * @throws What {@link checkBill} throws.
 */
export async function settleBill(
  context: ConsumerContext,
  account: ProviderAccount,
  { allotment, evidence, receipt: text }: settleBill.Parameters,
): Promise<void> {
  try {
    const signed = decodeReceipt(text)
    checkBill(context, account, signed, evidence)
    account.receipts.set(signed.receipt.sequence, signed)
    account.allotments.delete(allotment)
    account.record = { ...account.record, billed: account.record.billed + signed.receipt.cost }
  } catch (error) {
    // The claim stays open: what was signed can be taken, whatever the bill says.
    allotment.lost = true
    allotment.due = error instanceof BillExceedsUsageError ? error.due : 0n
    const cheated = error instanceof BillExceedsUsageError || error instanceof ReceiptConflictError
    if (cheated && AitokenError.is(error)) account.stopped ??= error
    throw error
  }
  await context.store.save(storeKey(context, account.origin), account.record)
}

export declare namespace settleBill {
  type Parameters = {
    /** Credit of the request. */
    allotment: Allotment
    /** What the consumer saw of the request. */
    evidence: Evidence
    /** The receipt, as it came. */
    receipt: string
  }
}
