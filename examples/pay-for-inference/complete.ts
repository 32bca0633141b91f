import OpenAI from 'openai'

import type { Options } from './parseOptions.js'

/** What a streamed completion was, and when. */
export type Completion = {
  /** Milliseconds from the request to the first text. */
  timeToFirstTokenMs: number
  /** The model's words. */
  text: string
  /** Milliseconds from the request to the last text. */
  totalMs: number
}

/** Streams a completion with the stock OpenAI client, which only gets another `fetch`. */
export async function complete(
  baseURL: string,
  options: Options,
  parameters: { fetch?: typeof globalThis.fetch; onText?: (text: string) => void } = {},
): Promise<Completion> {
  const { fetch, onText } = parameters
  const openai = new OpenAI({ apiKey: 'none', baseURL, maxRetries: 0, ...(fetch ? { fetch } : {}) })
  const start = performance.now()
  let timeToFirstTokenMs = Number.NaN
  let text = ''
  const take = (piece: string): void => {
    if (piece === '') return
    if (text === '') timeToFirstTokenMs = performance.now() - start
    text += piece
    onText?.(piece)
  }

  const settings = {
    max_tokens: options.maxTokens,
    model: options.model,
    stream: true as const,
    temperature: options.temperature,
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  }
  // The built-in model continues a text; what other servers sell converses.
  if (options.upstream === undefined)
    for await (const chunk of await openai.completions.create({ ...settings, prompt: options.prompt }))
      take(chunk.choices[0]?.text ?? '')
  else
    for await (const chunk of await openai.chat.completions.create({
      ...settings,
      messages: [{ content: options.prompt, role: 'user' }],
    }))
      take(chunk.choices[0]?.delta.content ?? '')

  return { text, timeToFirstTokenMs, totalMs: performance.now() - start }
}
