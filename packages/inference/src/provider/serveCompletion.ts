import { boundOutput } from '../price/boundCost.js'
import { PaymentHeaderError, PriceChangedError } from '../wire/errors.js'
import { decodePayment } from '../wire/paymentHeader.js'
import type { UpstreamError } from '../wire/serviceErrors.js'
import { ModelUnknownError } from '../wire/serviceErrors.js'
import type { Activity } from './activity.js'
import { admitPayment } from './admitPayment.js'
import { askUpstream } from './askUpstream.js'
import type { ProviderContext } from './context.js'
import { abandonRequest } from './finishRequest.js'
import { coverOf, type PaidRequest } from './paidRequest.js'
import { parseBody, readBody } from './readBody.js'
import { serveRefusal } from './serveRefusal.js'
import { serveStream } from './serveStream.js'
import { serveWhole } from './serveWhole.js'

/**
 * Serves a paid request: checks it, takes its payment, asks the model, answers and charges.
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
  const { channelId, priceTag, unreceipted = false } = payment
  activity.channelId = channelId
  if (!priceTag) throw new PaymentHeaderError({ reason: 'it names no price table' })
  const bytes = await readBody(request, context.maxBodyBytes)
  const body = parseBody(bytes)
  const model = context.models.get(body.model)
  if (!model) throw new ModelUnknownError({ model: body.model, models: [...context.models.keys()] })
  const prices = context.priceBook.find(priceTag)
  const price = prices?.prices.get(body.model)
  if (!prices || !price) throw new PriceChangedError({ priceTag: (await context.priceBook.current()).tag })

  const maxOutput = boundOutput(body, model.maxOutputTokens)
  const terms = { bytes, maxOutput, price }
  const reserved = coverOf(terms, body.stream ? context.streamWindow : maxOutput)
  const requestId = context.nextRequestId()
  activity.model = model.id
  activity.requestId = requestId
  await admitPayment(context, payment, { amount: reserved, requestId })
  const paid: PaidRequest = {
    ...terms,
    activity,
    body,
    channelId,
    model,
    path,
    prices,
    requestId,
    reserved,
    signal: request.signal,
    unreceipted,
  }
  return servePaid(context, paid)
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
