import { InvalidArgumentError } from '@aitoken/core/errors'

import { NgramRequestError } from './errors.js'
import { generate } from './generate.js'
import type { NgramModel } from './model.js'
import { createCompletionParser, type ParseCompletion } from './parseCompletion.js'
import { readBody } from './readBody.js'
import { respondStreamed, respondWhole } from './respond.js'
import { tokenize } from './tokenize.js'

/** An OpenAI-compatible server without a socket. */
export type NgramUpstream = {
  /** It puts the running usage on every chunk of a stream when asked to. */
  readonly continuousUsage: true
  /** Answers a request; takes what the platform's `fetch` takes. */
  fetch: (input: Request | URL | string, init?: RequestInit) => Promise<Response>
}

/**
 * Serves a model as OpenAI's API does: `GET /v1/models`, `GET /v1/models/{id}`, `POST /v1/chat/completions` and
 * `POST /v1/completions`, streamed as server-sent events or whole. Usage counts the model's own tokens: those
 * of the prompt, and each one that was generated, also the ones that make up a stop string.
 *
 * It has `stream_options.include_usage`, and `continuous_usage_stats` as vLLM does. What it cannot do (`n` above
 * 1, tools, penalties, log probabilities, …) is refused with status 400.
 *
 * @param parameters - {@link createNgramUpstream.Parameters}
 * @returns A handler for any server that speaks the Web's `Request` and `Response`.
 * @throws `InvalidArgumentError` when a limit is not a whole number above 0, or the name is empty.
 *
 * @example
 * ```ts
 * import { createNgramUpstream, loadShakespeare } from '@aitoken/inference/ngram'
 *
 * const upstream = createNgramUpstream({ model: await loadShakespeare(), name: 'shakespeare' })
 * const response = await upstream.fetch('http://localhost/v1/completions', {
 *   body: JSON.stringify({ max_tokens: 40, model: 'shakespeare', prompt: 'JULIET:\n' }),
 *   method: 'POST',
 * })
 * ```
 */
export function createNgramUpstream(parameters: createNgramUpstream.Parameters): NgramUpstream {
  const { maxBodyBytes = 1_048_576, maxTokens = 4096, name } = parameters
  for (const [field, value] of Object.entries({ maxBodyBytes, maxTokens }))
    if (!Number.isSafeInteger(value) || value < 1)
      throw new InvalidArgumentError({ expected: 'a whole number above 0', field, value })
  if (name === '') throw new InvalidArgumentError({ expected: 'a text', field: 'name', value: 'empty' })

  const parse = createCompletionParser()
  const created = Math.floor(Date.now() / 1000)
  const settings = { ...parameters, created, maxBodyBytes, maxTokens, parse }
  return Object.freeze({
    continuousUsage: true,
    fetch: async (input, init) => {
      const request = input instanceof Request && init === undefined ? input : new Request(input, init)
      try {
        return await route(request, settings)
      } catch (error) {
        if (error instanceof NgramRequestError) return toResponse(error)
        throw error
      }
    },
  } satisfies NgramUpstream)
}

export declare namespace createNgramUpstream {
  type Parameters = {
    /** The longest body that is read, in bytes. @default 1048576 */
    maxBodyBytes?: number | undefined
    /** The most tokens one request may ask for. @default 4096 */
    maxTokens?: number | undefined
    /** The model to serve. */
    model: NgramModel
    /** The id under which to serve it. */
    name: string
  }
  type ErrorType = InvalidArgumentError
}

type Settings = {
  created: number
  maxBodyBytes: number
  maxTokens: number
  model: NgramModel
  name: string
  parse: ParseCompletion
}

async function route(request: Request, settings: Settings): Promise<Response> {
  const { pathname } = new URL(request.url)
  switch (pathname) {
    case '/v1/chat/completions':
      allow(request, 'POST')
      return complete('chat', request, settings)
    case '/v1/completions':
      allow(request, 'POST')
      return complete('text', request, settings)
    case '/v1/models':
      allow(request, 'GET')
      return Response.json({ data: [describe(settings)], object: 'list' })
    case `/v1/models/${encodeURIComponent(settings.name)}`:
      allow(request, 'GET')
      return Response.json(describe(settings))
  }
  if (pathname.startsWith('/v1/models/')) throw unknownModel(pathname.slice('/v1/models/'.length))
  throw new NgramRequestError({ message: `There is nothing at ${pathname}.`, status: 404 })
}

function allow(request: Request, method: string): void {
  if (request.method === method) return
  throw new NgramRequestError({
    allow: method,
    message: `Use ${method}, not ${request.method}, here.`,
    status: 405,
  })
}

function describe({ created, name }: Settings) {
  return { created, id: name, object: 'model', owned_by: 'aitoken' }
}

function unknownModel(model: string): NgramRequestError {
  return new NgramRequestError({
    code: 'model_not_found',
    message: `The model \`${model.slice(0, 80)}\` does not exist.`,
    param: 'model',
    status: 404,
  })
}

async function complete(kind: 'chat' | 'text', incoming: Request, settings: Settings): Promise<Response> {
  const { maxBodyBytes, model, name, parse } = settings
  const request = parse(kind, await readBody(incoming, maxBodyBytes))
  if (request.model !== name) throw unknownModel(request.model)
  // OpenAI's own default for text; a chat has none there, and a play has no end.
  const maxTokens = request.maxTokens ?? Math.min(settings.maxTokens, kind === 'chat' ? 256 : 16)
  if (maxTokens > settings.maxTokens)
    throw new NgramRequestError({
      message: `\`${request.maxTokensParam}\` must be at most ${settings.maxTokens}, not ${maxTokens}.`,
      param: request.maxTokensParam,
    })

  const { seed, stop, temperature, topP } = request
  const prompt = tokenize(model.tokenizer, { text: request.prompt })
  const tokens = generate(model, { maxTokens, prompt, seed, stop, temperature, topP })
  const completion = { promptTokens: prompt.length, request, signal: incoming.signal, tokens }
  return request.stream ? respondStreamed(completion) : respondWhole(completion)
}

function toResponse({ allow, code, param, shortMessage, status }: NgramRequestError): Response {
  const type = status < 500 ? 'invalid_request_error' : 'server_error'
  return Response.json(
    { error: { code, message: shortMessage, param, type } },
    { headers: allow ? { allow } : {}, status },
  )
}
