import { createClaim } from '../journal/createClaim.js'
import { readIdempotencyKey } from '../journal/readIdempotencyKey.js'
import { PaymentHeaderError } from '../wire/errors.js'
import { decodePayment } from '../wire/paymentHeader.js'
import type { UpstreamError } from '../wire/serviceErrors.js'
import type { Activity } from './activity.js'
import { askUpstream } from './askUpstream.js'
import type { ProviderContext } from './context.js'
import { abandonRequest } from './finishRequest.js'
import type { PaidRequest } from './paidRequest.js'
import { readBody } from './readBody.js'
import { serveOnce } from './serveOnce.js'
import { serveRefusal } from './serveRefusal.js'
import { serveStream } from './serveStream.js'
import { serveWhole } from './serveWhole.js'
import { takeOrder } from './takeOrder.js'

/**
 * Serves a paid request: checks it, takes its payment, asks the model, answers and charges. With an idempotency
 * key, a repeated request is answered as before and charged once.
 *
 * @param context - The provider.
 * @param request - The request.
 * @param parameters - {@link serveCompletion.Parameters}
 * @returns The response.
 * @throws What the checks throw, before anything was charged; {@link UpstreamError} when the model fails.
 */
export async function serveCompletion(
  context: ProviderContext,
  request: Request,
  { activity, header, path }: serveCompletion.Parameters,
): Promise<Response> {
  const payment = decodePayment(header)
  const { channelId, priceTag } = payment
  activity.channelId = channelId
  if (!priceTag) throw new PaymentHeaderError({ reason: 'it names no price table' })
  const key = context.journal && readIdempotencyKey(request.headers)
  const bytes = await readBody(request, context.maxBodyBytes)
  const claim = key === undefined ? undefined : createClaim({ bytes, channelId, key, path, priceTag })
  const order = { activity, bytes, claim, path, payment, priceTag, signal: request.signal }
  const serve = (paid: PaidRequest) => servePaid(context, paid)
  const response = claim
    ? await serveOnce(context, { ...order, claim }, serve)
    : await serve(await takeOrder(context, order))
  for (const [name, value] of Object.entries(context.policy?.headers?.() ?? {}))
    response.headers.set(name, value)
  return response
}

export declare namespace serveCompletion {
  type Parameters = {
    /** What is noted about the request. */
    activity: Activity
    /** The `AI-Payment` header. */
    header: string
    /** The request's path. */
    path: string
  }
}

/** Serves a request whose payment was taken; whatever happens, its credit is charged or given back. */
async function servePaid(context: ProviderContext, request: PaidRequest): Promise<Response> {
  try {
    const answer = await askUpstream(context, request)
    const { bytes, response } = answer
    if (!bytes) return serveStream(context, request, answer)
    if (response.status === 200) return await serveWhole(context, request, bytes)
    const refusal = serveRefusal(response.status, bytes)
    await abandonRequest(context, request)
    return refusal
  } catch (error) {
    await abandonRequest(context, request)
    throw error
  }
}
