import type { GeneratedToken } from './generate.js'
import type { CompletionRequest } from './parseCompletion.js'

/** Why a completion ended. */
export type Finish = NonNullable<GeneratedToken['finish']>

/**
 * Makes what writes one completion in OpenAI's shapes: all under one id.
 *
 * @internal
 */
export function createChunkWriter(request: CompletionRequest, promptTokens: number) {
  const { kind, model, stream } = request
  const chat = kind === 'chat'
  const created = Math.floor(Date.now() / 1000)
  const id = `${chat ? 'chatcmpl' : 'cmpl'}-${crypto.randomUUID()}`
  const object = chat ? 'chat.completion' : 'text_completion'

  const usageOf = (made: number) => ({
    completion_tokens: made,
    prompt_tokens: promptTokens,
    total_tokens: promptTokens + made,
  })
  const chunk = (choices: readonly object[], usage: object | null | undefined) =>
    JSON.stringify({
      choices,
      created,
      id,
      model,
      object: chat ? 'chat.completion.chunk' : object,
      ...(usage === undefined ? {} : { usage }),
    })
  // Whoever asks for usage at the end finds null before it; whoever asks for it always finds what holds so far.
  const running = (made: number) => {
    if (stream?.continuousUsage) return usageOf(made)
    return stream?.includeUsage ? null : undefined
  }
  const choice = (piece: object, finish: Finish | null) => ({
    finish_reason: finish,
    index: 0,
    logprobs: null,
    ...piece,
  })

  return {
    /** The chunk with the reason for the end. */
    closing: (finish: Finish, made: number) =>
      chunk([choice(chat ? { delta: {} } : { text: '' }, finish)], running(made)),
    /** The first chunk of a chat, with the role. */
    opening: () => chunk([choice({ delta: { content: '', role: 'assistant' } }, null)], running(0)),
    /** The chunk of one token. */
    token: (text: string, made: number) =>
      chunk([choice(chat ? { delta: { content: text } } : { text }, null)], running(made)),
    /** The chunk with the usage of the whole request. */
    usage: (made: number) => chunk([], usageOf(made)),
    /** The answer to a request that is not streamed. */
    whole: (text: string, finish: Finish, made: number) => ({
      choices: [
        choice(chat ? { message: { content: text, refusal: null, role: 'assistant' } } : { text }, finish),
      ],
      created,
      id,
      model,
      object,
      usage: usageOf(made),
    }),
  }
}
