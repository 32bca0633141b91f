import type { ChannelRecord } from '../books/channelRecord.js'
import { larger } from '../internal/compare.js'
import { type ProviderAccount, sumAllotted } from './account.js'
import { checkBudgets } from './budget.js'
import { changeRecord } from './changeRecord.js'
import type { ConsumerContext } from './context.js'
import { DepositExceededError } from './errors.js'
import { readState } from './readState.js'

/**
 * Notes in the books that a provider may take more, before anything is signed. Budgets are checked in the same
 * step, so that requests, consumers and processes that share the books never promise from the same remainder.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @param computeTotal - Computes from the channel's record the total that will be signed for, in base units. Without
 * it, the total covers everything billed and allotted, and is at least one unit above the last, because a voucher is
 * good for one time.
 * @returns The total, in base units.
 * @throws `BudgetExceededError` when a budget does not cover it.
 * @throws {@link DepositExceededError} when the channel's deposit does not, even after a look at the chain.
 * @throws `ChannelTakenError` when another consumer signs for the channel now.
 */
export async function promiseCredit(
  context: ConsumerContext,
  account: ProviderAccount,
  computeTotal: (record: ChannelRecord) => bigint = ({ billed, signed }) =>
    larger(signed + 1n, billed + sumAllotted(account)),
): Promise<bigint> {
  const note = () =>
    changeRecord(context, account, (record, books) => {
      const { limits, session } = context
      const { origin, quote } = account
      const total = computeTotal(record)
      const raise = larger(total - larger(record.signed, record.billed), 0n)
      checkBudgets(books, { limits, now: context.now(), origin, raise, session })
      const limit = record.deposit - quote.safetyMargin
      if (total > limit) throw new DepositExceededError({ limit, needed: total })
      return { ...record, signed: larger(record.signed, total) }
    })
  try {
    return (await note()).signed
  } catch (error) {
    if (!(error instanceof DepositExceededError)) throw error
    // The channel may have been topped up meanwhile.
    const { deposit } = await readState(context, account)
    if (deposit <= account.record.deposit) throw error
    await changeRecord(context, account, (record) => ({ ...record, deposit }))
    return (await note()).signed
  }
}
