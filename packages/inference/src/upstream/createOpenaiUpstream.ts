import { AitokenError } from '@aitoken/core/errors'

import type { Upstream } from './upstream.js'

/**
 * Creates an upstream of any server that speaks OpenAI's API: vLLM, Ollama, llama.cpp, or a hosted one. What the
 * payer sent besides the body stays here: no header of its reaches the server, and the key leaves only towards it.
 *
 * @param parameters - {@link createOpenaiUpstream.Parameters}
 * @returns The upstream.
 * @throws {@link UpstreamUrlError} when the base URL is none.
 *
 * @example
 * ```ts
 * import { createOpenaiUpstream } from '@aitoken/inference/provider'
 *
 * const upstream = createOpenaiUpstream({ baseUrl: 'http://localhost:11434/v1', model: 'llama3' })
 * ```
 */
export function createOpenaiUpstream(parameters: createOpenaiUpstream.Parameters): Upstream {
  const { apiKey, baseUrl, continuousUsage = false, fetch: send = fetch, limitName, model } = parameters
  const base = parseBase(baseUrl)
  // OpenAI's own servers refuse requests with both names, and some of its models the older one.
  const ownServer = /(^|\.)openai\.(com|azure\.com)$/.test(new URL(base).hostname)
  return {
    continuousUsage,
    limitName: limitName ?? (ownServer ? 'max_completion_tokens' : 'both'),
    async fetch(url, { body, signal }) {
      const response = await send(base + new URL(url).pathname.replace(/^\/v1(?=\/)/, ''), {
        body: model === undefined ? body : rename(body, model),
        headers: {
          'content-type': 'application/json',
          ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
        },
        method: 'POST',
        redirect: 'error',
        signal,
      })
      // Cookies, organisation names and rate limits are between this provider and its server.
      const headers = { 'content-type': response.headers.get('content-type') ?? 'application/json' }
      return new Response(response.body, { headers, status: response.status })
    },
  }
}

export declare namespace createOpenaiUpstream {
  type Parameters = {
    /** Key for the server, when it wants one. */
    apiKey?: string | undefined
    /** Where its API begins, `/v1` included. */
    baseUrl: string
    /** Whether it understands `continuous_usage_stats`, as vLLM does. @default false */
    continuousUsage?: boolean | undefined
    /** What sends requests. @default the platform's `fetch` */
    fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined
    /** By which name it gets a chat's limit. @default both; `max_completion_tokens` for OpenAI's own servers */
    limitName?: Upstream['limitName']
    /** The model's name on that server. @default the name that payers use */
    model?: string | undefined
  }
  type ErrorType = UpstreamUrlError
}

/** Thrown when the base URL of a model's server is no HTTP URL. */
export class UpstreamUrlError extends AitokenError {
  override readonly name = 'UpstreamUrlError'

  constructor({ baseUrl }: { baseUrl: string }) {
    super(`${JSON.stringify(baseUrl)} is no URL of a server.`, {
      hints: ['Give its scheme, host and path, as in http://localhost:8000/v1.'],
    })
  }
}

function parseBase(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) throw new UpstreamUrlError({ baseUrl })
  return url.href.replace(/\/+$/, '')
}

function rename(body: Uint8Array | string, model: string): string {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
  return JSON.stringify({ ...JSON.parse(text), model })
}
