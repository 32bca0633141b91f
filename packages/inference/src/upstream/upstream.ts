/** Where a model runs: anything that answers OpenAI's API over the fetch standard. */
export type Upstream = {
  /**
   * Whether it understands `stream_options.continuous_usage_stats`, which puts the running usage on every chunk
   * of a stream, so that an aborted one is charged to the token. vLLM and the built-in model do.
   *
   * @default false
   */
  readonly continuousUsage?: boolean | undefined
  /** Answers a request for `/v1/chat/completions` or `/v1/completions`; the host does not matter. */
  fetch(request: Request): Promise<Response>
}
