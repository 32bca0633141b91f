/** What an upstream is asked: a POST of JSON, nothing that the payer sent besides. */
export type UpstreamRequest = {
  /** The request body. */
  body: Uint8Array<ArrayBuffer> | string
  headers: { readonly 'content-type': 'application/json' }
  method: 'POST'
  /** Aborts when the answer is no longer wanted. */
  signal: AbortSignal
}

/** Where a model runs: anything that answers OpenAI's API as a `fetch` does. */
export type Upstream = {
  /**
   * Whether it understands `stream_options.continuous_usage_stats`, which puts the running usage on every chunk
   * of a stream, so that an aborted one is charged to the token. vLLM and the built-in model do.
   *
   * @default false
   */
  readonly continuousUsage?: boolean | undefined
  /**
   * By which name a chat's limit of output tokens is sent. Servers pass over the name that they do not know, and answer
   * without a limit; a few refuse requests with both.
   *
   * @default 'both'
   */
  readonly limitName?: 'both' | 'max_completion_tokens' | 'max_tokens' | undefined
  /** Answers a request for `/v1/chat/completions` or `/v1/completions`; the host of the URL does not matter. */
  fetch(url: string, request: UpstreamRequest): Promise<Response>
}
