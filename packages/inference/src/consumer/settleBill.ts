import { AitokenError } from '@aitoken/core/errors'

import { enterBill } from '../books/books.js'
import { BillExceedsUsageError, ReceiptConflictError } from '../receipt/errors.js'
import type { SignedReceipt } from '../receipt/receipt.js'
import { decodeReceipt } from '../wire/receiptText.js'
import type { Allotment, ProviderAccount } from './account.js'
import { changeRecord } from './changeRecord.js'
import { checkBill, type Evidence } from './checkBill.js'
import type { ConsumerContext } from './context.js'
import { keepConflict, keepReceipt } from './keepReceipt.js'

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
  let signed: SignedReceipt
  try {
    signed = decodeReceipt(text)
    const bill = checkBill(context, account, signed, evidence)
    account.silences = 0
    if (bill === 'repeated') {
      account.allotments.delete(allotment)
      return
    }
  } catch (error) {
    // The claim stays open: what was signed can be taken, whatever the bill says.
    allotment.lost = true
    allotment.due = error instanceof BillExceedsUsageError ? error.due : 0n
    const cheated = error instanceof BillExceedsUsageError || error instanceof ReceiptConflictError
    if (cheated && AitokenError.is(error)) account.stopped ??= error
    if (error instanceof ReceiptConflictError && error.proof) await keepConflict(context, error.proof)
    throw error
  }
  await keepReceipt(context, account, signed, evidence.quote)
  await enterCost(context, account, allotment, signed.receipt.cost)
}

/** Enters a bill in the books; the credit of its request is free from the same moment on. */
async function enterCost(
  context: ConsumerContext,
  account: ProviderAccount,
  allotment: Allotment,
  amount: bigint,
): Promise<void> {
  try {
    await changeRecord(context, account, (record, books) => {
      allotment.entered = true
      return enterBill(books, { amount, now: context.now(), record })
    })
    context.past.spent += amount
    account.allotments.delete(allotment)
  } catch (error) {
    allotment.entered = false
    allotment.lost = true
    throw error
  }
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
