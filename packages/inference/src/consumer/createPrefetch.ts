import { AitokenError } from '@aitoken/core/errors'
import { smaller } from '../internal/compare.js'
import { boundCost } from '../price/boundCost.js'
import { paymentHeaderName } from '../wire/paymentHeader.js'
import type { ProviderAccount } from './account.js'
import type { ConsumerContext } from './context.js'
import { BudgetExceededError, StreamUnpaidError } from './errors.js'
import { noteTaken } from './lanes.js'
import type { PaidAnswer } from './payRequest.js'
import { isOvertaken, signPayment } from './signPayment.js'

/** Pays for a stream ahead of it. */
export type Prefetch = {
  /** Takes note of what arrived, and signs for the next window when less than one is left. */
  advance(seen: { events: number; need: bigint | undefined; textBytes: number }): void
  /** Why nothing more is signed for the stream; undefined while all is well. */
  refused(): AitokenError | undefined
  /** Resolves when no voucher is on its way. */
  settled(): Promise<void>
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
  let latest: Parameters<Prefetch['advance']>[0]

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
      await post()
      allotted = tokens
    } catch (error) {
      allotment.amount = before
      throw error
    }
  }

  const post = async () => {
    const { channelId } = account.record
    for (let attempt = 1; ; attempt++) {
      const payment = await signPayment(context, account, undefined)
      if (payment === undefined) return
      const response = await context.send(`${account.origin}/v1/channels/${channelId}/vouchers`, {
        headers: { [paymentHeaderName]: payment },
        method: 'POST',
        redirect: 'error',
      })
      if (response.ok) {
        noteTaken(account, payment)
        await response.arrayBuffer()
        return
      }
      const { readProblem } = await import('./readProblem.js')
      const problem = await readProblem(response, account.origin)
      if (attempt === 25 || !isOvertaken(problem, account)) throw problem
    }
  }

  const advance: Prefetch['advance'] = (seen) => {
    latest = seen
    if (sending || refusal) return
    const { events, need, textBytes } = seen
    const due = events >= allotted - window
    // A provider may count more tokens than events arrived, but never more than bytes of text did.
    const asked = need !== undefined && need > account.record.signed
    const arrived = asked ? Math.max(events, Math.min(textBytes, allotted)) : events
    const tokens = due || asked ? Math.min(arrived + 2 * window, maxOutput) : 0
    // Only more than before is worth a voucher.
    if (tokens <= allotted) return
    sending = raise(tokens)
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
    settled: async () => sending,
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
