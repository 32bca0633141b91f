import type { ChannelRecord } from '../books/channelRecord.js'
import { createRequestCode } from '../grant/createRequestCode.js'
import { larger, smaller } from '../internal/compare.js'
import { encodePayment } from '../wire/paymentHeader.js'
import { type ProviderAccount, sumAllotted } from './account.js'
import type { ConsumerContext } from './context.js'
import { BudgetExceededError, DepositExceededError } from './errors.js'
import { isOvertaken } from './isOvertaken.js'
import { noteTaken } from './lanes.js'
import { openSession } from './openSession.js'
import { promiseCredit } from './promiseCredit.js'
import { readDocument } from './readBody.js'
import { sendPayment } from './sendPayment.js'
import { encodeVoucher, type Order } from './signPayment.js'

/** Where a provider lends no credit, a voucher authorizes about so many requests ahead. */
const ahead = 8n

/** How long vouchers pay after a window was larger than the budgets, in milliseconds. */
const pause = 600_000

/** How often a voucher is signed anew because others on the same channel came first. */
const patience = 25

/**
 * Pays for a request with a code under the session's key. A voucher goes out beside it when the session's requests
 * would use more than was signed for and the provider's credit window.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @param order - The request.
 * @returns The `AI-Payment` header; undefined when a voucher has to pay, because the provider grants no session.
 * @throws `GrantInsecureError` when the session's key would travel in the clear.
 */
export async function payByCode(
  context: ConsumerContext,
  account: ProviderAccount,
  { bytes: body, path, priceTag }: Order,
): Promise<string | undefined> {
  const { lanes } = account
  if (!(await openSession(context, account))) return undefined
  if (!(await promiseWindow(context, account))) return undefined
  await coverSession(context, account)
  // Left meanwhile, when the provider refused it.
  const { session } = lanes
  if (!session) return undefined
  session.counter += 1n
  const { counter, key, keyId } = session
  const { channelId } = account.record
  const code = createRequestCode({ body, channelId, counter, key, path, priceTag })
  return encodePayment({ channelId, code, counter, keyId, priceTag })
}

/**
 * Promises what the provider can charge without being paid first. It is owed like what is signed for: budgets hold
 * for it, and it survives a crash. A window that the budgets do not hold is not used.
 *
 * @returns Whether the session may pay.
 */
async function promiseWindow(context: ConsumerContext, account: ProviderAccount): Promise<boolean> {
  const { lanes, quote } = account
  const { creditWindow = 0n } = quote
  const { request: limit } = context.limits
  const promised = (reach: (record: ChannelRecord) => bigint) =>
    promiseCredit(context, account, (record) => larger(record.signed, reach(record)))
  const allotted = ({ billed }: ChannelRecord) => billed + sumAllotted(account)
  try {
    for (const { entered, lost, most: needed } of account.allotments)
      if (!entered && !lost && needed > limit && creditWindow > 0n)
        throw new BudgetExceededError({ budget: 'request', limit, needed })
    await promised((record) => larger(allotted(record), reachOf(account, record, lanes.shown)))
    return true
  } catch (error) {
    if (!(error instanceof BudgetExceededError)) throw error
    // Vouchers pay no more than what is allotted; when that is too much as well, nothing does.
    await promised(allotted)
    lanes.session = undefined
    lanes.sessionless = context.now() + pause
    return false
  }
}

/**
 * The total that a provider can have charged when it holds vouchers up to an amount: the window goes beyond it, as
 * far as open requests can cost anything.
 */
function reachOf(
  { allotments, quote }: ProviderAccount,
  { billed, deposit }: ChannelRecord,
  vouched: bigint,
): bigint {
  const { creditWindow = 0n, safetyMargin } = quote
  let most = billed
  for (const { amount, entered, most: cost } of allotments) if (!entered) most += larger(amount, cost)
  return smaller(most, smaller(vouched + creditWindow, deposit - safetyMargin))
}

/**
 * Sends a voucher when the requests in flight and the bills that were checked come to more than the last one and
 * the credit window. It pays what was billed, and more only as far as the window is too small.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @param asked - Total that the provider asks for, in base units: paid as far as it is allotted.
 */
export async function coverSession(
  context: ConsumerContext,
  account: ProviderAccount,
  asked = 0n,
): Promise<void> {
  const { lanes } = account
  const floor = () => smaller(asked, account.record.billed + sumAllotted(account))
  while (lackOf(account) > 0n || floor() > (lanes.vouched ?? 0n)) {
    lanes.covering ??= sendVoucher(context, account, floor()).finally(() => {
      lanes.covering = undefined
    })
    await lanes.covering
  }
}

/** Base units that neither a voucher nor the window covers. */
function lackOf(account: ProviderAccount): bigint {
  const { lanes, quote, record } = account
  const { creditWindow = 0n } = quote
  return record.billed + sumAllotted(account) - creditWindow - (lanes.vouched ?? 0n)
}

async function sendVoucher(context: ConsumerContext, account: ProviderAccount, floor: bigint): Promise<void> {
  const { lanes, origin, record } = account
  for (let attempt = 1; ; attempt++) {
    const payment = await encodeVoucher(context, account, await promise(context, account, floor))
    const url = `${origin}/v1/channels/${record.channelId}/vouchers`
    const response = await sendPayment(context, url, { payment })
    if (response.ok) {
      noteTaken(account, payment)
      await readDocument(response, origin)
      return
    }
    const { readProblem } = await import('./readProblem.js')
    const problem = await readProblem(response, origin)
    if (attempt === patience || !isOvertaken(problem, account, payment)) throw problem
    // An earlier voucher than this process remembers: the next one goes above it.
    if ('authorized' in problem && typeof problem.authorized === 'bigint')
      lanes.vouched = larger(problem.authorized, lanes.vouched ?? 0n)
  }
}

/** Promises what covers the session, and some requests ahead when the window does not hold one. */
async function promise(context: ConsumerContext, account: ProviderAccount, floor: bigint): Promise<bigint> {
  const { lanes, quote } = account
  const { creditWindow = 0n } = quote
  const allotted = sumAllotted(account)
  const promised = async (more: bigint) => {
    let total = 0n
    await promiseCredit(context, account, (record) => {
      const { billed } = record
      const least = larger(larger(billed, floor), billed + sumAllotted(account) - creditWindow)
      total = larger((lanes.vouched ?? 0n) + 1n, least + more)
      return larger(total, reachOf(account, record, larger(total, lanes.shown)))
    })
    return total
  }
  const more = allotted > creditWindow ? smaller(ahead * allotted, context.limits.request) : 0n
  return promised(more).catch((error: unknown) => {
    const narrow = error instanceof BudgetExceededError || error instanceof DepositExceededError
    if (!narrow || more === 0n) throw error
    return promised(0n)
  })
}
