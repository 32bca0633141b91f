import { AitokenError } from '@aitoken/core/errors'
import { smaller } from '../internal/compare.js'
import { boundCost } from '../price/boundCost.js'
import { paymentHeaderName } from '../wire/paymentHeader.js'
import type { ProviderAccount } from './account.js'
import type { ConsumerContext } from './context.js'
import { BudgetExceededError, StreamUnpaidError } from './errors.js'
import type { PaidAnswer } from './payRequest.js'
import { isOvertaken, signPayment } from './signPayment.js'

/** Pays for a stream ahead of it. */
export type Prefetch = {
  /** Takes note of what arrived, and signs for the next window when half of the last is used up. */
  advance(seen: { events: number; need: bigint | undefined; textBytes: number }): void
  /** Why nothing more is signed for the stream; undefined while all is well. */
  refused(): AitokenError | undefined
  /** Resolves when no voucher is on its way. */
  settled(): Promise<void>
}

/**
 * Creates the payments of one stream. Vouchers go out beside the stream, which never waits for them while the
 * connection is quicker than half a window of tokens.
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
  let allotted = Math.min(window, maxOutput)
  let refusal: AitokenError | undefined
  let sending: Promise<void> | undefined

  const coverOf = (tokens: number) => {
    const outputTokens = Math.min(tokens, maxOutput)
    return boundCost(evidence.price, { bodyBytes: evidence.bodyBytes, outputTokens })
  }

  /** Raises what the stream may cost, and says so to the provider. */
  const raise = async (tokens: number) => {
    const { request: limit } = context.budget
    const needed = coverOf(tokens)
    const amount = smaller(needed, limit)
    if (amount <= allotment.amount) throw new BudgetExceededError({ budget: 'request', limit, needed })
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
      const response = await context.send(`${account.origin}/v1/channels/${channelId}/vouchers`, {
        headers: { [paymentHeaderName]: payment },
        method: 'POST',
        redirect: 'error',
      })
      if (response.ok) return response.arrayBuffer()
      const { readProblem } = await import('./readProblem.js')
      const problem = await readProblem(response, account.origin)
      if (attempt === 25 || !isOvertaken(problem, account)) throw problem
    }
  }

  return {
    advance({ events, need, textBytes }) {
      if (sending || refusal) return
      const due = events >= allotted - window / 2 && allotted < maxOutput
      // A provider may count more tokens than events arrived, but never more than bytes of text did.
      const asked = need !== undefined && need > account.record.signed && textBytes + 2 * window > allotted
      if (!due && !asked) return
      const tokens = Math.max(events + 2 * window, asked ? Math.min(textBytes, allotted) + window : 0)
      sending = raise(Math.min(tokens, maxOutput))
        .catch((cause: unknown) => {
          refusal = AitokenError.is(cause) ? cause : new StreamUnpaidError({ cause, origin: account.origin })
        })
        .finally(() => {
          sending = undefined
          if (refusal) onRefused()
        })
    },
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
