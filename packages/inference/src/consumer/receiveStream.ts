import { toHex } from '../internal/hex.js'
import { createSha256 } from '../internal/sha256.js'
import { AnswerGoneError } from '../journal/errors.js'
import { estimateTokens } from '../price/estimateTokens.js'
import { ReceiptMissingError } from '../receipt/errors.js'
import { createCommentSplitter, type PaymentComment } from '../wire/comment.js'
import type { ProviderAccount } from './account.js'
import type { ConsumerContext } from './context.js'
import { createPrefetch } from './createPrefetch.js'
import { StreamUnpaidError } from './errors.js'
import { createTextMeter } from './measureText.js'
import type { PaidAnswer } from './payRequest.js'
import { withoutEncoding } from './receiveWhole.js'
import { settleBill } from './settleBill.js'

/**
 * Receives an answer that streams: passes the model's bytes on as they are, pays ahead, and checks the bill at the
 * end. A wrong bill fails the body after its last byte.
 *
 * @param context - The consumer.
 * @param account - The dealings with the provider.
 * @param answer - The answer.
 * @param signal - Aborts when the answer is no longer wanted.
 * @returns The response, without payment comments.
 */
export function receiveStream(
  context: ConsumerContext,
  account: ProviderAccount,
  answer: PaidAnswer,
  signal: AbortSignal | undefined,
): Response {
  const { allotment, evidence, response } = answer
  const { origin } = account
  const reader = response.body?.getReader()
  const splitter = createCommentSplitter()
  const { countTokens, maxAnswerBytes } = context
  const meter = createTextMeter({ keepText: countTokens !== undefined, limit: maxAnswerBytes, origin })
  const hash = createSha256()
  let last: PaymentComment = {}
  let paused = false
  let settled = false

  /** Leaves a stream that stands still for a voucher that will not come. */
  const giveUp = () => {
    if (!paused || settled) return
    settled = true
    allotment.lost = true
    // A connection that is gone already needs no goodbye.
    void reader?.cancel().catch(() => undefined)
  }
  const prefetch = createPrefetch(context, account, { answer, onRefused: giveUp })

  const take = (bytes: Uint8Array) => {
    hash.update(bytes)
    meter.add(bytes)
  }

  /** Settles the bill once; `whole` when every byte that it is about arrived. */
  const settle = async (whole: boolean) => {
    if (settled) return
    settled = true
    if (last.receipt === undefined) {
      allotment.lost = true
      if (!whole) return
      allotment.due = 0n
      throw new ReceiptMissingError({ origin })
    }
    const responseHash = whole ? toHex(hash.digest()) : undefined
    // A provider whose model did not count charges an estimate.
    const estimate = estimateTokens(meter.bytes())
    const textTokens = countTokens && Math.max(countTokens(meter.text(), evidence.price.model), estimate)
    const seen = { ...evidence, responseHash, textBytes: meter.bytes(), textTokens }
    await settleBill(context, account, { allotment, evidence: seen, receipt: last.receipt })
  }

  // Clients that leave a stream may abort their request and never read again.
  const leave = () => {
    if (!settled) allotment.lost = true
    settled = true
  }
  signal?.addEventListener('abort', leave, { once: true })

  const finish = async () => {
    signal?.removeEventListener('abort', leave)
    await settle(true)
    const refusal = prefetch.refused()
    if (last.end === 'cancelled') throw new AnswerGoneError({ loss: 'cut' })
    if (last.end === 'unpaid') throw refusal ?? new StreamUnpaidError({ origin })
  }

  /** Takes one chunk; whether anything of it is for the reader. */
  const step = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<boolean> => {
    const chunk = await reader?.read()
    const refusal = prefetch.refused()
    if (settled && refusal) throw refusal
    if (chunk?.done !== false) {
      const rest = splitter.flush()
      take(rest)
      if (rest.length > 0) controller.enqueue(rest)
      await finish()
      controller.close()
      return true
    }
    const { bytes, comments } = splitter.split(chunk.value)
    take(bytes)
    for (const comment of comments) last = { ...last, ...defined(comment) }
    const { authorized, need } = last
    prefetch.advance({ authorized, events: meter.events(), need, textBytes: meter.bytes() })
    if (bytes.length > 0) paused = false
    if (comments.some((comment) => comment.paused)) paused = true
    if (prefetch.refused()) giveUp()
    if (bytes.length === 0) return false
    controller.enqueue(bytes)
    return true
  }

  const body = new ReadableStream<Uint8Array>(
    {
      async cancel(reason) {
        await reader?.cancel(reason)
        await settle(false)
      },
      async pull(controller) {
        try {
          while (!(await step(controller)));
        } catch (error) {
          if (!settled) allotment.cut = allotment.lost = true
          settled = true
          // Nobody reads on: whoever still sends may stop.
          void reader?.cancel().catch(() => undefined)
          controller.error(error)
        }
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers: withoutEncoding(response.headers), status: response.status })
}

/** The fields that a comment has. */
function defined(comment: PaymentComment): PaymentComment {
  return Object.fromEntries(Object.entries(comment).filter(([, value]) => value !== undefined))
}
