import type { Hex } from 'viem'

import type { Claim } from '../journal/createClaim.js'
import type { FoundAnswer, Journal } from '../journal/createJournal.js'
import { IdempotencyConflictError, RequestInFlightError } from '../journal/errors.js'
import { CreditInsufficientError, ReservationError } from '../ledger/errors.js'
import { findReservation, type Ledger } from '../ledger/ledger.js'
import { BodyInvalidError } from '../wire/serviceErrors.js'
import { verifyPayment } from './admitPayment.js'
import type { ProviderContext } from './context.js'
import { PayerGoneError } from './errors.js'
import { sweepAbandoned } from './findChannel.js'
import { giveBack } from './giveBack.js'
import type { PaidRequest } from './paidRequest.js'
import { repeatAnswer } from './repeatAnswer.js'
import { type Order, takeOrder } from './takeOrder.js'

/** A request with an idempotency key. */
type NamedOrder = Order & { readonly claim: Claim }

/** That a request is being served: unless it is written before, by nobody at `until`, Unix time in milliseconds. */
type InFlight = { readonly until: number }

/** What is known about a claim: that it is being served, how it was answered, or nothing. */
type Recollection = FoundAnswer | InFlight | undefined

/**
 * Serves a request with an idempotency key: once. That it is being served is what its reservation in the book
 * says, and its answer is written together with its charge, so nothing can come between them.
 *
 * @param context - The provider.
 * @param order - The request.
 * @param serve - Serves it when it is new.
 * @returns The response; the one that was given before when there was one.
 * @throws {@link IdempotencyConflictError} when its key belongs to another request.
 * @throws {@link RequestInFlightError} when the same request is still being served after the upstream's timeout.
 */
export async function serveOnce(
  context: ProviderContext,
  order: NamedOrder,
  serve: (paid: PaidRequest) => Promise<Response>,
): Promise<Response> {
  const { claim, signal } = order
  const { journal } = context
  if (!journal) return serve(await takeOrder(context, order))
  // An answer that cannot be kept must not be made first.
  await journal.ready()
  const found = await findOrTake(context, journal, order)
  if ('answer' in found) return repeatAnswer(context, found)
  // A stream is paid while it is taken, so it does not go on without its payer.
  if (found.body.stream) return serve(found)
  const hold = journal.begin(claim)
  hold.join(signal)
  return serve({ ...found, signal: hold.signal }).finally(() => hold.end())
}

/** Takes the request when it is new, and finds its answer when it is not. */
async function findOrTake(
  context: ProviderContext,
  journal: Journal,
  order: NamedOrder,
): Promise<FoundAnswer | PaidRequest> {
  for (;;) {
    const taken = await takeOrder(context, order).catch(async (error: unknown) => {
      const proven = await isProven(context, order, error)
      const seen = proven ? await recall(context, journal, order) : undefined
      // What was held a moment ago may be free by now.
      if (!seen && !(error instanceof ReservationError)) throw error
      return seen
    })
    if (!taken) continue
    if ('until' in taken) {
      const found = await awaitAnswer(context, journal, order)
      if (found) return found
      continue
    }
    if ('answer' in taken) return taken
    // Looked for only now: whoever had it before has ended, or would hold the reservation.
    const found = await findKept(context, journal, order).catch(async (error: unknown) => {
      await giveBack(context, taken)
      throw error
    })
    if (!found) return taken
    await giveBack(context, taken)
    return found
  }
}

/** Whether who asks can sign for the channel, although the payment was refused: nobody else is told anything. */
async function isProven(
  context: ProviderContext,
  { claim: { channelId }, payment }: NamedOrder,
  error: unknown,
): Promise<boolean> {
  // What the book refuses was proven before.
  if (error instanceof ReservationError || error instanceof CreditInsufficientError) return true
  // A body that is none was never answered, and is not worth a look at the signature.
  if (error instanceof BodyInvalidError || !('cumulativeAmount' in payment)) return false
  const book = context.known.get(channelId) ?? (await readBook(context, channelId))
  if (!book) return false
  return verifyPayment(context, payment, book).then(
    () => true,
    () => false,
  )
}

/** What is known about a claim. */
async function recall(context: ProviderContext, journal: Journal, order: NamedOrder): Promise<Recollection> {
  const { claim } = order
  const book = await readBook(context, claim.channelId)
  const reservation = book && findReservation(book, claim.requestId)
  // The book was read first: what has left it since is found among the answers.
  if (!reservation) return findKept(context, journal, order)
  if (reservation.fingerprint !== claim.fingerprint) throw new IdempotencyConflictError()
  return { until: reservation.writtenAt + context.timeouts.reservation + 1 }
}

function readBook(context: ProviderContext, channelId: Hex): Promise<Ledger | undefined> {
  return context.store.transact(channelId, (held) => {
    const ledger = held && sweepAbandoned(context, held)
    return { ledger, result: ledger }
  })
}

async function findKept(
  context: ProviderContext,
  journal: Journal,
  { claim }: NamedOrder,
): Promise<FoundAnswer | undefined> {
  const stored = await context.store.findAnswer(claim.channelId, claim.requestId, context.now())
  return stored && journal.open(claim, stored)
}

/** Waits for the end of the same request; undefined when it ended without a charge, and may be served now. */
async function awaitAnswer(
  context: ProviderContext,
  journal: Journal,
  order: NamedOrder,
): Promise<FoundAnswer | undefined> {
  const { claim, signal } = order
  journal.join(claim, signal)
  const patience = AbortSignal.any([AbortSignal.timeout(context.timeouts.upstream), signal])
  for (;;) {
    const enough = new AbortController()
    let look: ReturnType<typeof setTimeout> | undefined
    // Listens before it looks: an end that comes while the book is read must not be missed.
    const news = context.signals.wait(claim.channelId, AbortSignal.any([patience, enough.signal]))
    try {
      const found = await recall(context, journal, order)
      if (!found || 'answer' in found) return found
      // A process that died ends nothing: what it held is looked at again when it can be free.
      const left = Math.min(found.until - context.now(), context.timeouts.upstream)
      look = setTimeout(() => enough.abort(), left)
      if ((await news) || !patience.aborted) continue
    } finally {
      clearTimeout(look)
      enough.abort()
    }
    if (signal.aborted) throw new PayerGoneError()
    throw new RequestInFlightError({ retryAfter: 2 })
  }
}
