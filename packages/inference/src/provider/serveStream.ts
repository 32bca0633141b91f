import { encodeComment, join, type PaymentComment } from '../wire/comment.js'
import { pauseActivity, resumeActivity } from './activity.js'
import type { UpstreamAnswer } from './askUpstream.js'
import type { ProviderContext } from './context.js'
import { createCredit } from './createCredit.js'
import { createDelivery, type Ending, type Parcel } from './createDelivery.js'
import { PayerGoneError } from './errors.js'
import { abandonRequest } from './finishRequest.js'
import { outputOf } from './meterEvent.js'
import type { PaidRequest } from './paidRequest.js'
import { createStreamReader } from './readStream.js'

/**
 * Answers a request that streams. The upstream is read only as fast as the payer takes and pays: every event is
 * passed on as it came, and payment is spoken of in comments between them.
 *
 * @param context - The provider.
 * @param request - The request.
 * @param answer - What the upstream answered.
 * @returns The response, whose last comment is the receipt.
 */
export function serveStream(
  context: ProviderContext,
  request: PaidRequest,
  answer: UpstreamAnswer,
): Response {
  const { activities } = context
  const { activity } = request
  const credit = createCredit(context, request)
  const delivery = createDelivery(context, request)
  const { idle, pause, stream: most } = context.timeouts
  const reader = createStreamReader(answer, {
    idle,
    maxBytes: context.maxAnswerBytes,
    most,
    onUntaken: () => leave(),
    patience: idle + pause,
  })
  const gone = new AbortController()
  activity.leave = () => leave()
  activity.streams = true
  // What came in one piece may be more than a payer signs ahead for, who would then never pay for any of it.
  const share = Math.ceil(context.streamWindow / 4)
  const queue: Uint8Array[] = []
  let held: Parcel | undefined
  let ended = false
  let paused = false
  let pausedAt = 0
  let reading: Promise<readonly Uint8Array[] | undefined> | undefined
  let taker: ReadableStreamDefaultController<Uint8Array> | undefined

  type Controller = ReadableStreamDefaultController<Uint8Array>

  /** Reads on for the count of a text that is over, though not for long. */
  const readUsage = async () => {
    const timer = setTimeout(() => void reader.cancel(), Math.min(idle, 2_000))
    let events: readonly Uint8Array[] | undefined = queue.splice(0)
    while (events && delivery.awaitsUsage(events, held)) events = await (reading ?? reader.read())
    clearTimeout(timer)
  }

  /** Charges what was delivered to a payer that went away, and stops the model. */
  const charge = async () => {
    gone.abort()
    if (ended) return void reader.cancel()
    ended = true
    try {
      if (delivery.finished()) await readUsage()
      // A server that cannot be stopped must not keep anybody from being charged.
      void reader.cancel()
      await delivery.finish('cancelled', credit.reserved())
    } finally {
      activities.end(activity, 'cancelled')
    }
  }
  let charging: Promise<void> | undefined
  const abandon = () => (charging ??= charge())

  /** Ends a stream of which nothing is taken any more: it would hold the model for as long as it likes. */
  const leave = () => {
    if (ended) return
    abandon().then(() => taker?.error(new PayerGoneError()), context.onError)
  }
  if (request.signal.aborted) leave()
  else request.signal.addEventListener('abort', leave, { once: true })

  /** Charges, says so, and lets nothing follow. */
  const end = async (controller: Controller, ending: Ending, { cut, done }: Partial<Parcel> = {}) => {
    ended = true
    const stops = cut || ending !== 'complete'
    if (stops) void reader.cancel()
    const tail = await delivery.finish(ending, credit.reserved(), done)
    activities.end(activity, ending)
    if (gone.signal.aborted) return
    controller.enqueue(tail)
    if (!stops) await reader.drain()
    if (!gone.signal.aborted) controller.close()
  }

  /** Ends a stream that cannot go on. What the payer has got is charged, now or when its reservation is swept. */
  const fail = async () => {
    if (ended) return
    ended = true
    if (delivery.started()) await delivery.finish('broken', credit.reserved())
    else await abandonRequest(context, request)
  }

  /** Begins to wait for a voucher or for credit that comes free: `news` is false when there was none in time. */
  const listen = () => {
    const enough = new AbortController()
    // The same for all vouchers of one pause: some of them may be worth nothing.
    const patience = AbortSignal.timeout(Math.max(0, Math.ceil(pausedAt + pause - performance.now())))
    const signal = AbortSignal.any([patience, gone.signal, enough.signal])
    return { news: context.signals.wait(request.channelId, signal), stop: () => enough.abort() }
  }

  /** Reads, pays for and passes on one chunk; whether the payer got anything. */
  const step = async (controller: Controller): Promise<boolean> => {
    if (reader.late()) {
      await end(controller, 'expired')
      return true
    }
    if (!held && queue.length === 0) {
      reading = reader.read()
      const events = await reading
      reading = undefined
      if (gone.signal.aborted) return true
      if (!events) {
        const whole = delivery.finished() && !reader.broken()
        await end(controller, whole ? 'complete' : reader.late() ? 'expired' : 'broken')
        return true
      }
      queue.push(...events)
    }
    held ??= delivery.pack(queue.splice(0, share))
    const { bytes, done, meter } = held
    if (bytes) {
      // Listens before it looks: a voucher that comes while the book is read must not be missed.
      const listening = paused ? listen() : undefined
      const answer = credit.covers(outputOf(meter))
      const covered = typeof answer === 'boolean' ? answer : await answer
      const demand = credit.demand()
      if (covered || !listening || demand) listening?.stop()
      if (gone.signal.aborted) return true
      // Others on the channel may take what came, so the payer is told again whenever more is needed.
      if (!covered && (!listening || demand)) {
        if (!paused) pausedAt = performance.now()
        paused = true
        pauseActivity(activity)
        controller.enqueue(encode({ ...demand, paused }))
        return true
      }
      if (!covered) {
        if (await listening?.news) return false
        if (!gone.signal.aborted) await end(controller, 'unpaid')
        return true
      }
      if (paused) resumeActivity(activity)
      paused = false
      controller.enqueue(demand ? join([bytes, encode({ ...demand })]) : bytes)
    }
    if (bytes) activity.firstByteAt ??= performance.now()
    reader.touch()
    delivery.deliver(held)
    const parcel = held
    held = undefined
    if (done) await end(controller, 'complete', parcel)
    return bytes !== undefined || done !== undefined
  }

  const encode = (comment: PaymentComment) => new TextEncoder().encode(encodeComment(comment))

  const body = new ReadableStream<Uint8Array>(
    {
      cancel: abandon,
      async pull(controller) {
        taker = controller
        try {
          while (!ended && !(await step(controller)));
        } catch (error) {
          context.onError(error)
          void reader.cancel()
          if (!gone.signal.aborted) controller.error(error)
          await fail().catch(context.onError)
          activities.end(activity, 'failed')
        }
      },
    },
    // Nothing is read ahead of the payer.
    { highWaterMark: 0 },
  )
  return toStreamResponse(body)
}

/** A response that streams events. */
export function toStreamResponse(body: BodyInit): Response {
  const headers = { 'cache-control': 'no-store', 'content-type': 'text/event-stream; charset=utf-8' }
  return new Response(body, { headers })
}
