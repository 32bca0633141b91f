import type { AitokenError } from '@aitoken/core/errors'

import { idempotencyKeyHeader } from '../journal/readIdempotencyKey.js'
import { type Allotment, type ProviderAccount, sumAllotted } from './account.js'
import { acceptRaise, agreePrice, isAboveAgreed } from './agreePrice.js'
import { attemptPayment } from './attemptPayment.js'
import type { ConsumerContext } from './context.js'
import { BudgetExceededError } from './errors.js'
import { isOvertaken } from './isOvertaken.js'
import { readQuote } from './readQuote.js'
import type { CompletionRequest } from './readRequest.js'
import { readTerms, type Terms } from './readTerms.js'

/** How often a payment is made anew because others on the same channel came first, or use its credit. */
const patience = 25

/** A request that was paid for and answered. */
export type PaidAnswer = {
  readonly allotment: Allotment
  readonly evidence: Terms['evidence']
  readonly response: Response
}

/**
 * Sends a request with its payment. What it may cost is checked against the budgets before anything is signed.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @param request - The request.
 * @returns The answer; its bill is not checked yet. Whether an answer that is not 200 was charged is not known.
 * @throws {@link BudgetExceededError} when a budget does not cover it.
 * @throws `PriceRaisedError` when the provider asks for more than was agreed; nothing is signed at such prices.
 * @throws The error that the provider answered with, of the same class.
 */
export async function payRequest(
  context: ConsumerContext,
  account: ProviderAccount,
  request: CompletionRequest,
): Promise<PaidAnswer> {
  const allotment: Allotment = { amount: 0n, lost: false, most: 0n }
  const key = request.headers.get(idempotencyKeyHeader) ?? crypto.randomUUID()
  let hindered = 0
  let overtaken = 0
  let renewed = false
  let repeated = 0
  let unsure = false
  const release = () => {
    allotment.cut = unsure && !request.signal?.aborted
    if (unsure) allotment.lost = true
    else account.allotments.delete(allotment)
  }
  /** Waits before the request is sent again; who gives up is not made to wait. */
  const rest = (least = 0) =>
    new Promise<void>((resolve, reject) => {
      const { signal } = request
      const stop = () => reject(signal?.reason)
      signal?.addEventListener('abort', stop, { once: true })
      const end = () => signal?.removeEventListener('abort', stop)
      context.backoff(++repeated, least).then(resolve, reject).finally(end)
    }).catch((error: unknown) => {
      release()
      throw error
    })
  /** What the request may cost, at prices that whoever pays agreed to. */
  const agree = async (): Promise<Terms> => {
    const terms = readTerms(context, account, request)
    const { amount, evidence } = terms
    const { price } = evidence
    if (await isAboveAgreed(account, price)) {
      // Who was refused before may ask for less again.
      if (!renewed) return renew().then(agree)
      await acceptRaise(context, account, price)
    }
    const { request: limit } = context.limits
    if (amount > limit) throw new BudgetExceededError({ budget: 'request', limit, needed: amount })
    return (await agreePrice(account, price)) ? terms : agree()
  }
  const renew = async () => {
    renewed = true
    account.quote = await readQuote(context, account.origin)
  }
  for (;;) {
    const terms = await agree().catch((error: unknown) => {
      release()
      throw error
    })
    allotment.amount = terms.amount
    allotment.most = terms.most
    account.allotments.add(allotment)
    const { priceTag } = terms
    const last = repeated >= context.retries
    const answered = await attemptPayment(context, account, {
      allotment,
      key,
      last,
      overtaken,
      priceTag,
      request,
      unsure,
    })
    if ('lost' in answered) {
      unsure = true
      await rest()
      continue
    }
    const { pause } = answered
    if ('response' in answered) {
      const { response } = answered
      if (pause === undefined || last) return { allotment, ...terms, response }
      // Whoever stands between does not know what the provider did.
      unsure = true
      await response.body?.cancel()
      await rest(pause)
      continue
    }
    const { payment, problem } = answered
    unsure ||= mayBeCharged.includes(problem.name)
    if (!last && (pause !== undefined || problem.name === 'RequestInFlightError')) {
      await rest(pause)
      continue
    }
    if (isOvertaken(problem, account, payment) && ++overtaken < patience) continue
    // Streams on the channel borrow what is free, and pay for it a moment later.
    if (problem.name === 'CreditInsufficientError' && isLent(account, problem) && ++hindered < patience)
      continue
    if (problem.name === 'ChannelUnknownError' && account.introduced && ++hindered < patience) {
      account.introduced = false
      continue
    }
    release()
    if (problem.name !== 'PriceChangedError' || renewed) throw problem
    await renew()
  }
}

/**
 * Problems after which a charge is known only when the provider tells its account: it failed, it charged the
 * request before, it is still at it, or no provider wrote the problem.
 */
const mayBeCharged: readonly string[] = [
  'AnswerGoneError',
  'BooksUnavailableError',
  'ProviderFailedError',
  'QuoteInvalidError',
  'RequestInFlightError',
]

/** Whether others used the credit of a request: they still run, or ended and their bills tell how much it was. */
function isLent(account: ProviderAccount, problem: AitokenError): boolean {
  if (account.allotments.size > 1) return true
  const required = 'required' in problem && typeof problem.required === 'bigint' ? problem.required : 0n
  return required <= account.record.billed + sumAllotted(account)
}
