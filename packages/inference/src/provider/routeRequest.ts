import { AitokenError } from '@aitoken/core/errors'

import { StoreFailedError } from '../store/errors.js'
import { PaymentRequiredError } from '../wire/errors.js'
import { paymentHeaderName } from '../wire/paymentHeader.js'
import { problemMediaType } from '../wire/problem.js'
import { encodeProblem } from '../wire/problemDocument.js'
import { quotePath } from '../wire/quote.js'
import {
  BooksUnavailableError,
  ProviderBusyError,
  ProviderDrainingError,
  RouteUnknownError,
} from '../wire/serviceErrors.js'
import type { Activity } from './activity.js'
import type { ProviderContext } from './context.js'
import { type Activities, refuseDraining } from './createActivities.js'
import type { Cors } from './createCors.js'
import { createHealth, type Health } from './createHealth.js'
import { createStateReader } from './createStateReader.js'
import { PayerGoneError } from './errors.js'
import { nameRoute } from './nameRoute.js'
import { serveChannel } from './serveChannel.js'
import { serveCompletion } from './serveCompletion.js'

const channelsPrefix = '/v1/channels/'

/**
 * Creates a provider's handler of requests.
 *
 * @param context - The provider.
 * @param parameters - What pages of other origins may do, and what writes the quote.
 * @returns Answers every request; it never rejects.
 */
export function createRouter(
  context: ProviderContext,
  { cors, quote }: { cors: Cors; quote: () => Promise<string> },
): (request: Request) => Promise<Response> {
  // Anybody can ask for it at no cost, so it is made once.
  const challenge = encodeProblem(new PaymentRequiredError())

  const health = createHealth(context)
  const readState = createStateReader(context)

  const route = async (request: Request, path: string, activity: Activity): Promise<Response> => {
    const { method } = request
    if (method === 'POST' && (path === '/v1/chat/completions' || path === '/v1/completions')) {
      const header = request.headers.get(paymentHeaderName)
      if (header === null) return refuse(activity, challenge)
      refuseDraining(context.activities)
      return serveCompletion(context, request, { activity, header, path })
    }
    if (path.startsWith(channelsPrefix))
      return serveChannel(context, request, path.slice(channelsPrefix.length))
    if (method !== 'GET' && method !== 'HEAD') throw new RouteUnknownError()
    if (path === quotePath) return json(await quote(), 'public, max-age=60')
    if (path === '/v1/models') return json(listModels(context), 'public, max-age=60')
    if (path === '/healthz') return toHealth(await health())
    if (path === '/metrics' && context.metrics) return context.metrics.serve(request, readState)
    throw new RouteUnknownError()
  }

  const answer = async (request: Request): Promise<Response> => {
    const { activities } = context
    const path = readPath(request.url)
    const activity = activities.begin(nameRoute(path))
    try {
      const response = cors.preflight(request) ?? (await route(request, path, activity))
      activity.status = response.status
      if (!activity.streams) activities.end(activity)
      return response
    } catch (error) {
      if (error instanceof PayerGoneError) return bidFarewell(activities, activity)
      const problem = encodeProblem(error instanceof StoreFailedError ? new BooksUnavailableError() : error)
      const response = refuse(activity, problem)
      const spared = error instanceof ProviderBusyError || error instanceof ProviderDrainingError
      activities.end(activity, spared ? 'refused' : undefined)
      // Failures that the payer only learns the kind of are the operator's to know.
      const internal = problem.status >= 500 && !spared
      if (internal || !AitokenError.is(error)) context.onError(error)
      return response
    }
  }

  return async (request) => cors.share(request, await answer(request))
}

/** The path of an absolute URL; a full parse would cost more than everything else before the payment. */
function readPath(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2)
  const end = url.indexOf('?', start)
  return end < 0 ? url.slice(start) : url.slice(start, end)
}

/** Seconds after which a request is worth another try, where they are not the usual ones. */
const pauses: Readonly<Record<string, string>> = { 'provider-busy': '1', 'request-in-flight': '2' }

/** Answers with a problem. */
function refuse(activity: Activity, { body, status, type }: ReturnType<typeof encodeProblem>): Response {
  activity.problem = type
  activity.status = status
  const headers = { 'cache-control': 'no-store', 'content-type': problemMediaType }
  // What the hints say, for clients that look at headers only.
  const seconds = pauses[type] ?? (status === 503 ? '5' : undefined)
  return new Response(body, { headers: seconds ? { ...headers, 'retry-after': seconds } : headers, status })
}

/** Ends a request to which nobody waits for an answer; its status is for the log, where servers write such ends so. */
function bidFarewell(activities: Activities, activity: Activity): Response {
  activity.status = 499
  activities.end(activity, 'cancelled')
  return new Response(null, { status: activity.status })
}

function toHealth(health: Health): Response {
  const status = health.status === 'ok' || health.status === 'degraded' ? 200 : 503
  const headers = { 'cache-control': 'no-store', 'content-type': 'application/json' }
  return new Response(JSON.stringify(health), { headers, status })
}

function json(body: string, caching: string): Response {
  return new Response(body, { headers: { 'cache-control': caching, 'content-type': 'application/json' } })
}

function listModels({ models }: ProviderContext): string {
  const data = [...models.keys()].map((id) => ({ created: 0, id, object: 'model', owned_by: 'aitoken' }))
  return JSON.stringify({ data, object: 'list' })
}
