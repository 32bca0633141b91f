import type { Hash } from 'viem'

import { ChannelBusyError } from '../ledger/errors.js'
import { BillExceedsUsageError } from '../receipt/errors.js'
import type { SignedReceipt } from '../receipt/receipt.js'
import { decodeCloseAnswer } from '../wire/channelState.js'
import { QuoteInvalidError } from '../wire/errors.js'
import { paymentHeaderName } from '../wire/paymentHeader.js'
import { decodeReceipt } from '../wire/receiptText.js'
import type { ProviderAccount } from './account.js'
import type { ConsumerContext } from './context.js'
import { readProblem } from './readProblem.js'
import { readState } from './readState.js'
import { reconcile } from './reconcile.js'
import { encodeVoucher } from './signPayment.js'

/** How dealings with a provider ended. */
export type ClosedAccount = {
  /** The transaction that closed the channel. */
  hash: Hash
  /** The provider's last receipt; undefined when nothing was charged. */
  receipt: SignedReceipt | undefined
  /** Base units that came back. */
  refunded: bigint
  /** Base units paid. */
  spent: bigint
}

/**
 * Asks a provider to close the channel, with a voucher for exactly what its receipts account for, and checks on
 * chain that it took no more.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @returns How they ended.
 * @throws {@link ChannelBusyError} when requests are still being answered.
 * @throws {@link BillExceedsUsageError} when the provider took more than its receipts account for.
 * @throws The error that the provider answered with; the payer can always leave alone, with `requestClose`.
 */
export async function closeAccount(
  context: ConsumerContext,
  account: ProviderAccount,
): Promise<ClosedAccount> {
  const { origin } = account
  await settleLost(context, account)
  const { billed, channelId } = account.record
  const requests = account.allotments.size
  if (requests > 0) throw new ChannelBusyError({ channelId, requests })
  const response = await context.send(`${origin}/v1/channels/${channelId}/close`, {
    headers: { [paymentHeaderName]: await encodeVoucher(context, account, billed) },
    method: 'POST',
    redirect: 'error',
  })
  if (!response.ok) throw await readProblem(response, origin)
  const { hash, receipt, refunded, spent } = decodeCloseAnswer(await response.text(), origin)
  const state = await readState(context, account)
  if (!state.closed) throw new QuoteInvalidError({ origin, reason: 'the channel is still open on chain' })
  if (state.settled > billed) throw new BillExceedsUsageError({ billed: state.settled, due: billed, origin })
  // What was signed above that can no longer be taken.
  account.record = { ...account.record, signed: billed }
  return { hash, receipt: receipt === undefined ? undefined : decodeReceipt(receipt), refunded, spent }
}

/** How long a provider gets to notice that an answer is no longer wanted, in milliseconds. */
const patience = 5_000

/** Settles what was lost; requests that were just abandoned end on the provider's side a moment later. */
async function settleLost(context: ConsumerContext, account: ProviderAccount): Promise<void> {
  const deadline = Date.now() + patience
  for (let pause = 10; ; pause *= 2) {
    const told = await reconcile(context, account)
    const lost = [...account.allotments].every((allotment) => allotment.lost)
    if (!told || told.reserved === 0n || !lost || Date.now() + pause > deadline) return
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}
