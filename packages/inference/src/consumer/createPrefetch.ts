import { AitokenError } from '@aitoken/core/errors'
import { larger, smaller } from '../internal/compare.js'
import { boundCost } from '../price/boundCost.js'
import { type ProviderAccount, sumAllotted } from './account.js'
import type { ConsumerContext } from './context.js'
import { BudgetExceededError, StreamUnpaidError } from './errors.js'
import { isOvertaken } from './isOvertaken.js'
import { noteTaken, sumTaken } from './lanes.js'
import type { PaidAnswer } from './payRequest.js'
import { readDocument } from './readBody.js'
import { sendPayment } from './sendPayment.js'
import { signPayment } from './signPayment.js'
import { takeTurn } from './takeTurn.js'

/** Milliseconds after which a voucher is sent again: streams wait ten seconds for one, where nothing else is agreed. */
const patience = 3_000

/** What arrived of a stream, and what its provider says about payment. */
export type Seen = {
  /** Total that the provider has been authorized to charge, in base units; undefined when it did not say. */
  authorized: bigint | undefined
  events: number
  /** Total that keeps the stream going, in base units; undefined when it did not say. */
  need: bigint | undefined
  textBytes: number
}

/** Pays for a stream ahead of it. */
export type Prefetch = {
  /** Takes note of what arrived, and signs for the next window when less than one is left. */
  advance(seen: Seen): void
  /** Why nothing more is signed for the stream; undefined while all is well. */
  refused(): AitokenError | undefined
}

/**
 * Creates the payments of one stream. Vouchers go out beside the stream, which never waits for them while the
 * connection is quicker than a window of tokens.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @param parameters - {@link createPrefetch.Parameters}
 * @returns The payments.
 */
export function createPrefetch(
  context: ConsumerContext,
  account: ProviderAccount,
  { answer, onRefused }: createPrefetch.Parameters,
): Prefetch {
  const { allotment, evidence } = answer
  const { maxOutput } = evidence
  const window = account.quote.streamWindow
  // A window more than the provider asks for: its count runs ahead of what has arrived.
  let allotted = Math.min(2 * window, maxOutput)
  let refusal: AitokenError | undefined
  let sending: Promise<void> | undefined
  let latest: Seen
  let answered = 0n

  const coverOf = (tokens: number) => {
    const outputTokens = Math.min(tokens, maxOutput)
    return boundCost(evidence.price, { bodyBytes: evidence.bodyBytes, outputTokens })
  }

  /** Raises what the stream may cost, and says so to the provider. */
  const raise = async (tokens: number) => {
    const { request: limit } = context.limits
    const needed = coverOf(tokens)
    const amount = smaller(needed, limit)
    if (needed > amount && amount <= allotment.amount)
      throw new BudgetExceededError({ budget: 'request', limit, needed })
    const before = allotment.amount
    allotment.amount = amount
    try {
      await post(undefined)
      // What the budget cut off is asked for again, and then refused by name: nobody waits for it.
      if (amount === needed) allotted = tokens
    } catch (error) {
      allotment.amount = before
      throw error
    }
  }

  const post = async (asked: bigint | undefined) => {
    const { channelId } = account.record
    for (let attempt = 1; ; attempt++) {
      await takeTurn(account, 0)
      const payment = await signPayment(context, account, undefined, asked)
      if (payment === undefined) return
      const url = `${account.origin}/v1/channels/${channelId}/vouchers`
      const response = await sendPayment(context, url, { payment, timeout: patience })
      if (response.ok) {
        noteTaken(account, payment)
        await readDocument(response, account.origin)
        return
      }
      const { readProblem } = await import('./readProblem.js')
      const problem = await readProblem(response, account.origin)
      if (attempt === 25 || !isOvertaken(problem, account, payment)) throw problem
    }
  }

  const advance: Prefetch['advance'] = (seen) => {
    latest = seen
    if (sending || refusal) return
    const { authorized = 0n, events, need = 0n, textBytes } = seen
    const due = events >= allotted - window
    const asked = need > larger(authorized, sumTaken(account))
    // It lacks what was promised with another request, which it refused or never saw: that is sent again, once.
    const missing = asked && need > answered && need <= account.record.billed + sumAllotted(account)
    // A provider may count more tokens than events arrived, but never more than bytes of text did.
    const arrived = asked ? Math.max(events, Math.min(textBytes, allotted)) : events
    const tokens = due || (asked && !missing) ? Math.min(arrived + 2 * window, maxOutput) : 0
    // Only more than before is worth a voucher.
    const more = tokens > allotted
    if (!more && !missing) return
    if (missing) answered = need
    sending = (more ? raise(tokens) : post(need))
      .catch((cause: unknown) => {
        refusal = AitokenError.is(cause) ? cause : new StreamUnpaidError({ cause, origin: account.origin })
      })
      .finally(() => {
        sending = undefined
        if (refusal) onRefused()
        // A stream that stands still says no more: what it asked for meanwhile is looked at now.
        else advance(latest)
      })
  }

  return {
    advance,
    refused: () => refusal,
  }
}

export declare namespace createPrefetch {
  type Parameters = {
    /** The answer that streams. */
    answer: PaidAnswer
    /** Told once when nothing more will be signed. */
    onRefused: () => void
  }
}
