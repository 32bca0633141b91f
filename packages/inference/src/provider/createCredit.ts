import { smaller } from '../internal/compare.js'
import { availableTo } from '../ledger/acceptGrant.js'
import { extend } from '../ledger/extend.js'
import { findReservation } from '../ledger/ledger.js'
import { priceUsage } from '../price/priceUsage.js'
import { ChannelUnknownError } from '../wire/errors.js'
import type { ProviderContext } from './context.js'
import { estimateInput } from './estimateInput.js'
import { isLeaving } from './isLeaving.js'
import { coverOf, type PaidRequest } from './paidRequest.js'

/** What a payer is told when a stream's credit runs low, in base units. */
export type Demand = { authorized: bigint; need: bigint; spent: bigint }

/** Credit of one stream, which grows with it. */
export type Credit = {
  /** Whether so many output tokens may be delivered; asks the book for more credit when it runs low. */
  covers(outputTokens: number): Promise<boolean> | boolean
  /** What the payer should be told, once; undefined when there is nothing new. */
  demand(): Demand | undefined
  /** Base units set aside for the stream. */
  reserved(): bigint
}

/**
 * Creates the credit of a stream. It begins with a window of tokens and is raised half a window before it ends, so
 * a payer that signs ahead never waits, and neither side ever risks more than a window.
 *
 * @param context - The provider.
 * @param request - The request.
 * @returns The credit.
 */
export function createCredit(context: ProviderContext, request: PaidRequest): Credit {
  const { activity, attempt, channelId, maxOutput, requestId } = request
  const window = context.streamWindow
  let reserved = request.reserved
  let covered = window
  let retryAt = Math.ceil(window / 2)
  let told = 0n
  let demanded: Demand | undefined
  let handed = 0
  let input: number | undefined

  const raise = async (outputTokens: number) => {
    const wanted = coverOf(request, outputTokens + window)
    input ??= estimateInput(request)
    const delivered = costOf(request, { input, output: handed })
    const writtenAt = context.now()
    const book = await context.store.transact(channelId, (ledger) => {
      if (!ledger) throw new ChannelUnknownError({ channelId })
      const most = reserved + (isLeaving(context, ledger) ? 0n : availableTo(ledger, requestId))
      const amount = smaller(most, wanted)
      if (amount < reserved || amount < delivered) return { ledger, result: { amount: reserved, ledger } }
      const next = extend(ledger, { amount, attempt, delivered, requestId, writtenAt })
      return { ledger: next, result: { amount, ledger: next } }
    })
    const held = findReservation(book.ledger, requestId, attempt)
    if (held && activity.held) activity.held = { ...activity.held, writtenAt: held.writtenAt }
    reserved = book.amount
    const { authorized, spent } = book.ledger
    const need = authorized + wanted - reserved - availableTo(book.ledger, requestId)
    if (reserved < wanted && need > authorized && need > told) demanded = { authorized, need, spent }
    covered = countCovered(request, reserved, outputTokens, window)
    // With full credit the next look is due after half of it; without, soon, but not at every token.
    retryAt = reserved < wanted ? outputTokens + Math.ceil(window / 8) : covered - Math.floor(window / 2)
  }

  return {
    covers(outputTokens) {
      const holds = () => {
        const held = outputTokens <= covered || covered >= maxOutput
        // An estimate may fall when the upstream counts, and the book never takes back.
        if (held) handed = Math.max(handed, outputTokens)
        return held
      }
      const due = outputTokens > covered || outputTokens >= retryAt
      // Nearly every chunk is covered already, and then nothing waits.
      return due && covered < maxOutput ? raise(outputTokens).then(holds) : holds()
    },
    demand() {
      const news = demanded
      if (news) told = news.need
      demanded = undefined
      return news
    },
    reserved: () => reserved,
  }
}

/** What a stream costs so far: if this process dies, that is charged, and never more. */
function costOf(
  { maxOutput, price }: PaidRequest,
  { input, output }: { input: number; output: number },
): bigint {
  return priceUsage(price, { cachedInput: 0, input, output: Math.min(output, maxOutput), reasoning: 0 })
}

/** The most output tokens, up to a window ahead, that an amount in base units covers. */
function countCovered(request: PaidRequest, amount: bigint, delivered: number, window: number): number {
  if (coverOf(request, delivered + window) <= amount) return delivered + window
  let low = -1
  let high = delivered + window
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (coverOf(request, middle) <= amount) low = middle
    else high = middle
  }
  return low
}
