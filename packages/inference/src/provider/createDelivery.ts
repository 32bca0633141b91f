import { createSha256 } from '../internal/sha256.js'
import { createTranscript } from '../journal/createTranscript.js'
import type { Usage } from '../price/usage.js'
import { encodeComment, join, type PaymentComment } from '../wire/comment.js'
import { encodeReceipt } from '../wire/receiptText.js'
import type { ProviderContext } from './context.js'
import { estimateInput } from './estimateInput.js'
import { chargeRequest } from './finishRequest.js'
import { classifyEvent, isOverrun, type Meter, meterEvent, outputOf } from './meterEvent.js'
import type { PaidRequest } from './paidRequest.js'
import { readUsage } from './readUsage.js'

/** Why a stream ended. */
export type Ending = 'broken' | 'cancelled' | 'complete' | 'unpaid'

/** Events on their way to the payer. */
export type Parcel = {
  /** The bytes to pass on; undefined when none of them are for the payer. */
  readonly bytes: Uint8Array | undefined
  /** Whether the upstream ignored its limit: the stream ends here, and what follows is not for the payer. */
  readonly cut: boolean
  /** The event that says that the stream is complete, held until the receipt is written. */
  readonly done: Uint8Array | undefined
  /** What will have been delivered with them. */
  readonly meter: Meter
}

/** What one stream has delivered. */
export type Delivery = {
  /** Notes that a parcel was handed over. */
  deliver(parcel: Parcel): void
  /** Charges the stream and writes its last bytes: the receipt and, before or after it, what ends the stream. */
  finish(ending: Ending, reserved: bigint, done?: Uint8Array): Promise<Uint8Array>
  /** Whether the model said why it stopped. */
  finished(): boolean
  /** Sorts events into a parcel. */
  pack(events: readonly Uint8Array[]): Parcel
}

/**
 * Creates the delivery of a stream.
 *
 * @param context - The provider.
 * @param request - The request.
 * @returns The delivery.
 */
export function createDelivery(context: ProviderContext, request: PaidRequest): Delivery {
  const limits = { maxOutput: request.maxOutput, window: context.streamWindow }
  const wantsUsage = request.body.stream_options?.include_usage === true
  const decoder = new TextDecoder()
  const hash = request.unreceipted ? undefined : createSha256()
  const transcript = request.claim && createTranscript(context.journal?.maxAnswerBytes ?? 0)
  let meter: Meter = { deltas: 0, finished: false, reported: 0, usageEvent: undefined }

  const countUsage = (ending: Ending): Usage => {
    const counted = meter.usageEvent === undefined ? undefined : readUsage(meter.usageEvent)
    if (ending === 'complete' && counted && meter.deltas === 0) return counted
    const output = outputOf(meter)
    return {
      cachedInput: counted?.cachedInput ?? 0,
      input: counted?.input ?? estimateInput(request.body),
      output,
      reasoning: Math.min(counted?.reasoning ?? 0, output),
    }
  }

  return {
    deliver(parcel) {
      meter = parcel.meter
      if (!parcel.bytes) return
      hash?.update(parcel.bytes)
      transcript?.add(parcel.bytes)
    },
    async finish(ending, reserved, done) {
      const tail = done ?? (ending === 'broken' ? encodeFailure() : new Uint8Array(0))
      hash?.update(tail)
      const end = ending === 'complete' ? undefined : ending
      const bytes = transcript?.bytes()
      const signed = await chargeRequest(context, request, {
        answer: bytes ? { bytes, end, kind: 'stream', tail } : { kind: 'lost', loss: 'too-large' },
        reserved,
        responseHash: () => (hash ?? createSha256()).digest(),
        usage: countUsage(ending),
      })
      return encodeTail(tail, { end, receipt: signed && encodeReceipt(signed) })
    },
    finished: () => meter.finished,
    pack(events) {
      let next = meter
      let done: Uint8Array | undefined
      const passed: Uint8Array[] = []
      let cut = false
      for (const event of events) {
        if (done) break
        const text = decoder.decode(event)
        const kind = classifyEvent(text)
        if (kind === 'payment') continue
        if (kind === 'done') done = event
        else next = meterEvent(next, text)
        // Nothing past the limit can be charged, so nothing past it is given away.
        cut = kind === 'model' && isOverrun(next, limits)
        if (cut) done = encodeDone()
        else if (kind === 'model' || (kind === 'usage' && wantsUsage)) passed.push(event)
      }
      return { bytes: passed.length > 0 ? join(passed) : undefined, cut, done, meter: next }
    },
  }
}

/** Puts the receipt before what ends a stream: there, clients stop reading. */
export function encodeTail(tail: Uint8Array, { end, receipt }: PaymentComment): Uint8Array {
  if (!receipt && !end) return tail
  return join([new TextEncoder().encode(encodeComment({ end, receipt })), tail])
}

/** The event that ends a stream. */
function encodeDone(): Uint8Array {
  return new TextEncoder().encode('data: [DONE]\n\n')
}

/** The event by which OpenAI's clients learn that a stream broke. */
function encodeFailure(): Uint8Array {
  const message = 'The model broke off. What was delivered before is charged.'
  const error = { code: 'upstream-interrupted', message, type: 'upstream_error' }
  return new TextEncoder().encode(`data: ${JSON.stringify({ error })}\n\n`)
}
