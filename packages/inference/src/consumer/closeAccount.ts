import { awaitTransaction } from '@aitoken/core/internal'
import type { Hash } from 'viem'

import { closeChannelWithStatement } from '../channel/closeChannelWithStatement.js'
import { channelReverts } from '../channel/reverts.js'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { ChannelBusyError } from '../ledger/errors.js'
import { BillExceedsUsageError } from '../receipt/errors.js'
import type { SignedReceipt } from '../receipt/receipt.js'
import {
  type ChannelAccount,
  type CloseAnswer,
  decodeCloseAnswer,
  type StatementAnswer,
} from '../wire/channelState.js'
import { QuoteInvalidError } from '../wire/errors.js'
import { paymentHeaderName } from '../wire/paymentHeader.js'
import { decodeReceipt } from '../wire/receiptText.js'
import type { ProviderAccount } from './account.js'
import type { ConsumerContext } from './context.js'
import { readDocument } from './readBody.js'
import { readProblem } from './readProblem.js'
import { readState } from './readState.js'
import { reconcile } from './reconcile.js'
import { retireAccount } from './retireAccount.js'
import { encodeVoucher } from './signPayment.js'

/** How dealings with a provider ended. */
export type ClosedAccount = {
  /**
   * What was paid beyond what this session's checked bills account for, in base units: bills that were refused,
   * because they charged too much, were about something else or never came. 0n when all is well. What a provider
   * charged for answers that were lost or left counts as disputed only above the most that they can have cost.
   */
  disputed: bigint
  /** The transaction that closed the channel; undefined when an earlier attempt did, and its answer was lost. */
  hash: Hash | undefined
  /** The provider's last receipt; undefined when nothing was charged. */
  receipt: SignedReceipt | undefined
  /** Base units that came back. */
  refunded: bigint
  /** Base units paid. */
  spent: bigint
  /**
   * What was paid for answers that broke off or never came, in base units, within what they can have cost: a bad
   * connection, or a provider that charges and does not deliver. No part of `disputed`.
   */
  unanswered: bigint
}

/**
 * Asks a provider to close the channel, with a voucher for exactly what its receipts account for, and checks on
 * chain that it took no more. A provider that is owed nothing signs its final statement instead of paying gas, and
 * the payer sends it.
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
  const told = await settleLost(context, account)
  const { billed, channelId } = account.record
  // A provider that never met the channel answered none of them.
  const unmet = !told && billed === 0n
  const requests = [...account.allotments].filter(({ lost }) => !(unmet && lost)).length
  if (requests > 0) throw new ChannelBusyError({ channelId, requests })
  const ended = await askToClose(context, account).catch(async (error: unknown) => {
    // Whoever did not hear of the closing asks again; then it is the chain that tells.
    if (!(await readState(context, account)).closed) throw error
    return undefined
  })
  const state = await readState(context, account)
  if (!state.closed) throw new QuoteInvalidError({ origin, reason: 'the channel is still open on chain' })
  if (state.settled > billed) throw new BillExceedsUsageError({ billed: state.settled, due: billed, origin })
  await retireAccount(context, account, state)
  const receipt = ended?.receipt ?? told?.receipt
  return {
    disputed: account.disputed,
    hash: ended?.hash,
    receipt: receipt === undefined ? undefined : decodeReceipt(receipt),
    refunded: ended?.refunded ?? state.deposit - state.settled,
    spent: ended?.spent ?? state.settled,
    unanswered: account.unanswered,
  }
}

/** Has the channel closed, by the provider or with its final statement. */
async function askToClose(context: ConsumerContext, account: ProviderAccount): Promise<Partial<CloseAnswer>> {
  const { origin, record } = account
  const response = await context.send(`${origin}/v1/channels/${record.channelId}/close`, {
    headers: { [paymentHeaderName]: await encodeVoucher(context, account, record.billed) },
    method: 'POST',
    redirect: 'error',
  })
  if (!response.ok) throw await readProblem(response, origin)
  const answer = decodeCloseAnswer(await readDocument(response, origin), origin)
  if ('hash' in answer) return answer
  return { hash: await closeAlone(context, account, answer), spent: answer.spent }
}

/** Closes with the provider's final statement, which must be about what its receipts account for. */
async function closeAlone(
  { channels, client, engine }: ConsumerContext,
  { origin, record: { billed, channel } }: ProviderAccount,
  { deadline, payeeSignature, spent }: StatementAnswer,
): Promise<Hash> {
  if (spent > billed) throw new BillExceedsUsageError({ billed: spent, due: billed, origin })
  const parameters = { channel, channels, deadline, engine, payeeSignature, spent }
  const hash = await closeChannelWithStatement(client, parameters)
  await awaitTransaction(client, { hash, sources: [{ abi: paymentChannelsAbi, reverts: channelReverts }] })
  return hash
}

/** How long a provider gets to notice that an answer is no longer wanted, in milliseconds. */
const patience = 5_000

/** Settles what was lost; requests that were just abandoned end on the provider's side a moment later. */
async function settleLost(
  context: ConsumerContext,
  account: ProviderAccount,
): Promise<ChannelAccount | undefined> {
  const deadline = Date.now() + patience
  for (let pause = 10; ; pause *= 2) {
    const told = await reconcile(context, account, true)
    const lost = [...account.allotments].every((allotment) => allotment.lost)
    if (!told || told.reserved === 0n || !lost || Date.now() + pause > deadline) return told
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}
