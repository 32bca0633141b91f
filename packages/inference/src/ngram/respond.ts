import { createChunkWriter, type Finish } from './createChunkWriter.js'
import type { GeneratedToken } from './generate.js'
import { nextTask } from './nextTask.js'
import type { CompletionRequest } from './parseCompletion.js'

/** A completion under way. */
export type Completion = {
  promptTokens: number
  request: CompletionRequest
  signal: AbortSignal
  tokens: Iterable<GeneratedToken>
}

/** How many tokens are generated before other work of the process gets its turn. */
const slice = 64

/**
 * Generates the whole completion and answers with one JSON object.
 *
 * @internal
 */
export async function respondWhole(completion: Completion): Promise<Response> {
  const { promptTokens, request, signal, tokens } = completion
  let finish: Finish = 'length'
  let made = 0
  let text = ''
  for (const token of tokens) {
    finish = token.finish ?? finish
    text += token.text
    if (++made % slice > 0) continue
    await nextTask()
    signal.throwIfAborted()
  }
  return Response.json(createChunkWriter(request, promptTokens).whole(text, finish, made))
}

/**
 * Answers with a stream of server-sent events, one for each token. Each is generated when it is read: a slow
 * reader slows the model down, and one that goes away ends it.
 *
 * @internal
 */
export function respondStreamed(completion: Completion): Response {
  const encoder = new TextEncoder()
  const events = writeEvents(completion)
  const { signal } = completion
  let cancelled = false
  let pulls = 0

  const body = new ReadableStream<Uint8Array>(
    {
      cancel: () => {
        cancelled = true
        events.return()
      },
      pull: async (controller) => {
        if (++pulls % slice === 0) await nextTask()
        if (cancelled) return
        if (signal.aborted) {
          events.return()
          controller.error(signal.reason)
          return
        }
        const { done, value } = events.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(`data: ${value}\n\n`))
      },
    },
    // Nothing is generated before somebody reads.
    { highWaterMark: 0 },
  )
  return new Response(body, {
    headers: { 'cache-control': 'no-cache', 'content-type': 'text/event-stream; charset=utf-8' },
  })
}

function* writeEvents({ promptTokens, request, tokens }: Completion): Generator<string, void> {
  const writer = createChunkWriter(request, promptTokens)
  let finish: Finish = 'length'
  let made = 0
  if (request.kind === 'chat') yield writer.opening()
  for (const token of tokens) {
    finish = token.finish ?? finish
    yield writer.token(token.text, ++made)
  }
  yield writer.closing(finish, made)
  if (request.stream?.includeUsage) yield writer.usage(made)
  yield '[DONE]'
}
