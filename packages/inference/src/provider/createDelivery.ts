import { createSha256 } from '../internal/sha256.js'
import { createTranscript } from '../journal/createTranscript.js'
import { countChoices } from '../price/boundCost.js'
import type { Usage } from '../price/usage.js'
import { encodeComment, join, type PaymentComment } from '../wire/comment.js'
import { encodeReceipt } from '../wire/receiptText.js'
import type { ProviderContext } from './context.js'
import { estimateInput } from './estimateInput.js'
import { chargeRequest } from './finishRequest.js'
import { classifyEvent, createMeter, isOverrun, type Meter, meterEvent, outputOf } from './meterEvent.js'
import type { PaidRequest } from './paidRequest.js'
import { readUsage } from './readUsage.js'

/** Why a stream ended. */
export type Ending = 'broken' | 'cancelled' | 'complete' | 'expired' | 'unpaid'

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
  /**
   * Notes the counts in what came after the text for a payer that left; whether there may be more of them. Without
   * the end of the text, nothing is noted.
   */
  awaitsUsage(events: readonly Uint8Array[], held: Parcel | undefined): boolean
  /** Notes that a parcel was handed over. */
  deliver(parcel: Parcel): void
  /** Charges the stream and writes its last bytes: the receipt and, before or after it, what ends the stream. */
  finish(ending: Ending, reserved: bigint, done?: Uint8Array): Promise<Uint8Array>
  /** Whether the model said why it stopped. */
  finished(): boolean
  /** Whether the payer got any of it. */
  started(): boolean
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
  const wantsUsage = request.body.stream_options?.include_usage === true
  const decoder = new TextDecoder()
  const hash = request.unreceipted ? undefined : createSha256()
  const transcript = request.claim && createTranscript(context.journal?.maxAnswerBytes ?? 0)
  let meter = createMeter()
  let started = false

  const countUsage = (ending: Ending): Usage => {
    const counted = meter.usageEvent === undefined ? undefined : readUsage(meter.usageEvent)
    // Zeros are written by servers that have not counted yet.
    const input = counted && counted.input > 0 ? counted.input : estimateInput(request)
    const last = counted && meter.current && (counted.output > 0 || meter.events === 0)
    const output =
      last && (ending === 'complete' || (alone && meter.finished && counted.output >= meter.events))
        ? counted.output
        : outputOf(meter)
    return {
      cachedInput: Math.min(counted?.cachedInput ?? 0, input),
      input,
      output,
      reasoning: Math.min(counted?.reasoning ?? 0, output),
    }
  }

  // Where one of several answers has ended, the text of the others goes on.
  const alone = countChoices(request.body) === 1

  return {
    awaitsUsage(events, held) {
      if (!alone || !meter.finished) return false
      if (held?.meter.events === meter.events) meter = held.meter
      for (const event of events) {
        const text = decoder.decode(event)
        if (classifyEvent(text) === 'done') return false
        const next = meterEvent(meter, text)
        if (next.events === meter.events) meter = next
      }
      return !meter.current || meter.reported < meter.events
    },
    deliver(parcel) {
      meter = parcel.meter
      if (!parcel.bytes) return
      started = true
      hash?.update(parcel.bytes)
      transcript?.add(parcel.bytes)
    },
    async finish(ending, reserved, done) {
      const tail = done ?? encodeEnding(ending, context.timeouts.stream)
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
    started: () => started,
    pack(events) {
      let next = meter
      let done: Uint8Array | undefined
      const passed: Uint8Array[] = []
      let cut = false
      for (const raw of events) {
        if (done) break
        const written = decoder.decode(raw)
        const text = written.includes(': ait ') ? withoutPayment(written) : written
        if (text === '') continue
        const event = text === written ? raw : new TextEncoder().encode(text)
        const kind = classifyEvent(text)
        if (kind === 'done') done = event
        else next = meterEvent(next, text)
        // Nothing past the limit can be charged, so nothing past it is given away.
        cut = kind === 'model' && isOverrun(next, request.maxOutput)
        if (cut) done = encodeDone()
        else if (kind === 'model' || (kind === 'usage' && wantsUsage)) passed.push(event)
      }
      return { bytes: passed.length > 0 ? join(passed) : undefined, cut, done, meter: next }
    },
  }
}

/** An event without lines about payment, which are the provider's to write; empty when nothing else was in it. */
function withoutPayment(event: string): string {
  const kept = event.replace(/^: ait [^\n]*\n?/gm, '')
  return kept.trim() === '' ? '' : kept
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

/** The event by which OpenAI's clients learn that a stream broke, or took too long; nothing for other ends. */
function encodeEnding(ending: Ending, timeout: number): Uint8Array {
  const causes: Partial<Record<Ending, { code: string; reason: string; type: string }>> = {
    broken: { code: 'upstream-interrupted', reason: 'The model broke off', type: 'upstream_error' },
    expired: {
      code: 'stream-timeout',
      reason: `The stream took longer than ${timeout} ms`,
      type: 'timeout_error',
    },
  }
  const cause = causes[ending]
  if (!cause) return new Uint8Array(0)
  const { code, reason, type } = cause
  const error = { code, message: `${reason}. What was delivered before is charged.`, type }
  return new TextEncoder().encode(`data: ${JSON.stringify({ error })}\n\n`)
}
