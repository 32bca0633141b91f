import { AitokenError } from '@aitoken/core/errors'

import { PaymentRequiredError } from '../wire/errors.js'
import { paymentHeaderName } from '../wire/paymentHeader.js'
import { problemMediaType } from '../wire/problem.js'
import { encodeProblem } from '../wire/problemDocument.js'
import { quotePath } from '../wire/quote.js'
import { RouteUnknownError } from '../wire/serviceErrors.js'
import type { ProviderContext } from './context.js'
import type { Cors } from './createCors.js'
import { PayerGoneError } from './errors.js'
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

  const route = async (request: Request): Promise<Response> => {
    const { method } = request
    const path = readPath(request.url)
    if (method === 'POST' && (path === '/v1/chat/completions' || path === '/v1/completions')) {
      const header = request.headers.get(paymentHeaderName)
      return header === null ? toResponse(challenge) : serveCompletion(context, request, { header, path })
    }
    if (path.startsWith(channelsPrefix))
      return serveChannel(context, request, path.slice(channelsPrefix.length))
    if (method !== 'GET' && method !== 'HEAD') throw new RouteUnknownError()
    if (path === quotePath) return json(await quote(), 'public, max-age=60')
    if (path === '/v1/models') return json(listModels(context), 'public, max-age=60')
    if (path === '/healthz') return json('{"status":"ok"}', 'no-store')
    throw new RouteUnknownError()
  }

  const answer = async (request: Request): Promise<Response> => {
    try {
      return cors.preflight(request) ?? (await route(request))
    } catch (error) {
      const problem = encodeProblem(error)
      // Failures that the payer only learns the kind of are the operator's to know.
      const internal = problem.status >= 500 && !(error instanceof PayerGoneError)
      if (internal || !AitokenError.is(error)) context.onError(error)
      return toResponse(problem)
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

function toResponse({ body, status }: { body: string; status: number }): Response {
  return new Response(body, {
    headers: { 'cache-control': 'no-store', 'content-type': problemMediaType },
    status,
  })
}

function json(body: string, caching: string): Response {
  return new Response(body, { headers: { 'cache-control': caching, 'content-type': 'application/json' } })
}

function listModels({ models }: ProviderContext): string {
  const data = [...models.keys()].map((id) => ({ created: 0, id, object: 'model', owned_by: 'aitoken' }))
  return JSON.stringify({ data, object: 'list' })
}
