import { enterBill } from '../books/books.js'
import { larger, smaller } from '../internal/compare.js'
import {
  BillExceedsUsageError,
  ReceiptConflictError,
  ReceiptMismatchError,
  ReceiptMissingError,
} from '../receipt/errors.js'
import type { SignedReceipt } from '../receipt/receipt.js'
import { type ChannelAccount, decodeAccount } from '../wire/channelState.js'
import { decodeReceipt } from '../wire/receiptText.js'
import { type Allotment, type ProviderAccount, sumCharged } from './account.js'
import { changeRecord } from './changeRecord.js'
import { checkConsistency, checkSigner } from './checkBill.js'
import type { ConsumerContext } from './context.js'
import { UnansweredChargesError } from './errors.js'
import { keepConflict, keepReceipt } from './keepReceipt.js'
import { readDocument } from './readBody.js'
import { readProblem } from './readProblem.js'
import { sendPayment } from './sendPayment.js'
import { encodeVoucher } from './signPayment.js'

/** How often in a row answers may be charged that never arrived: connections break, but not always. */
const patience = 3

/**
 * Settles requests whose answer never came to its end: asks the provider what it charged. More than they can
 * have cost is not accepted, nor a charge that the provider signs no receipt for, and nothing is as long as a request
 * is still being served.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @param ending - Whether the channel is about to be closed: then a contradiction, which is kept as a proof, does not
 * keep it open. What the provider forgot is not paid, and no more than requests can have cost is.
 * @returns The provider's account of the channel; undefined when it does not know the channel yet.
 * @throws {@link BillExceedsUsageError} when it charged more than that.
 * @throws {@link ReceiptConflictError} when its last receipt contradicts another one.
 * @throws {@link ReceiptMissingError} when it charged something and does not sign for it.
 * @throws {@link ReceiptMismatchError} when its last receipt says another total than its account.
 */
export async function reconcile(
  context: ConsumerContext,
  account: ProviderAccount,
  ending = false,
): Promise<ChannelAccount | undefined> {
  const { origin, record } = account
  const told = await readAccount(context, account)
  if (!told) {
    account.introduced = false
    return undefined
  }
  const most = sumCharged(account)
  if (told.spent > most) {
    account.stopped ??= new BillExceedsUsageError({ billed: told.spent, due: most, origin })
    throw account.stopped
  }
  if (told.receipt !== undefined) {
    const signed = decodeReceipt(told.receipt)
    checkSigner(context, account, signed)
    const { channelId, cumulative } = signed.receipt
    if (channelId !== record.channelId || cumulative !== told.spent)
      throw new ReceiptMismatchError({
        expected: `${told.spent}`,
        field: 'cumulative',
        received: `${cumulative}`,
      })
    await takeReceipt(context, account, signed).catch((error: unknown) => {
      if (!ending || !(error instanceof ReceiptConflictError)) throw error
    })
  } else if (told.spent > record.billed) {
    account.stopped ??= new ReceiptMissingError({ origin })
    throw account.stopped
  }
  const pending = [...account.allotments].some(({ lost }) => !lost)
  // While anything is in flight, on either side, nobody knows yet what belongs to which request.
  if (pending || account.record !== record || told.reserved > 0n) return told
  const settled = [...account.allotments]
  const due = record.billed + sumDue(settled)
  const amount = told.spent - record.billed
  let entered = false
  await changeRecord(context, account, (current, books) => {
    // Something was signed or billed meanwhile: then nobody knows what belongs to which request.
    entered = current.signed === record.signed && current.billed === record.billed
    return entered ? enterBill(books, { amount, now: context.now(), record: current }) : current
  })
  // Of several that ask at once, the first enters it.
  if (!entered) return told
  context.past.spent += amount
  account.accounted = told.spent
  account.disputed += larger(told.spent - due, 0n)
  for (const allotment of settled) account.allotments.delete(allotment)
  noteSilence(account, smaller(told.spent, due) - record.billed, settled)
  return told
}

/** The most that requests can have cost, in base units. */
function sumDue(allotments: readonly Allotment[]): bigint {
  return allotments.reduce((sum, { amount, due, most }) => sum + (due ?? larger(amount, most)), 0n)
}

/** Notes what was charged for answers that never arrived; who goes on so is paid no further. */
function noteSilence(account: ProviderAccount, charged: bigint, allotments: readonly Allotment[]): void {
  const amount = smaller(charged, sumDue(allotments.filter(({ cut }) => cut)))
  if (amount <= 0n) return
  account.silences++
  account.unanswered += amount
  const { origin, unanswered } = account
  if (account.silences >= patience) account.stopped ??= new UnansweredChargesError({ origin, unanswered })
}

/** Keeps the provider's last receipt, unless it contradicts another one: then nothing more is signed. */
async function takeReceipt(
  context: ConsumerContext,
  account: ProviderAccount,
  signed: SignedReceipt,
): Promise<void> {
  try {
    checkConsistency(context, account, signed)
  } catch (error) {
    if (error instanceof ReceiptConflictError) {
      account.stopped ??= error
      if (error.proof) await keepConflict(context, error.proof)
    }
    throw error
  }
  await keepReceipt(context, account, signed, account.quote)
}

async function readAccount(
  context: ConsumerContext,
  account: ProviderAccount,
): Promise<ChannelAccount | undefined> {
  const { origin, record } = account
  const payment = await encodeVoucher(context, account, record.signed)
  const url = `${origin}/v1/channels/${record.channelId}`
  const response = await sendPayment(context, url, { method: 'GET', payment })
  if (response.ok) return decodeAccount(await readDocument(response, origin), origin)
  const problem = await readProblem(response, origin)
  if (problem.name === 'ChannelUnknownError') return undefined
  throw problem
}
