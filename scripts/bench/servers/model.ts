import type { Upstream } from '@aitoken/inference/provider'
import type { Context } from 'hono'

/** Chunks in one streamed answer, each of one token. */
export const chunks = 256

const answer = JSON.stringify({
  choices: [{ finish_reason: 'stop', index: 0, text: 'O Romeo, Romeo! wherefore art thou Romeo?' }],
  created: 0,
  id: 'cmpl-0',
  model: 'trivial',
  object: 'text_completion',
  usage: { completion_tokens: 12, prompt_tokens: 9, total_tokens: 21 },
})

/** Creates a model that answers at once, so that what is measured is what stands before it. */
export function createTrivialModel(): Upstream {
  const events = Array.from({ length: chunks }, (_, index) => encodeEvent(index))
  events.push(new TextEncoder().encode('data: [DONE]\n\n'))
  return {
    continuousUsage: true,
    async fetch(_, { body }) {
      const { stream } = JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body))
      if (stream) return new Response(streamOf(events), { headers: { 'content-type': 'text/event-stream' } })
      return new Response(answer, { headers: { 'content-type': 'application/json' } })
    },
  }
}

/** Answers a request without any payment, on the same server as those that are paid for. */
export async function answerFree(model: Upstream, context: Context): Promise<Response> {
  const headers = { 'content-type': 'application/json' } as const
  const { signal } = context.req.raw
  return model.fetch(context.req.url, { body: await context.req.text(), headers, method: 'POST', signal })
}

function encodeEvent(index: number): Uint8Array {
  const usage = { completion_tokens: index + 1, prompt_tokens: 9, total_tokens: index + 10 }
  const choices = [{ finish_reason: index + 1 === chunks ? 'stop' : null, index: 0, text: ' Romeo' }]
  const body = { choices, created: 0, id: 'cmpl-0', model: 'trivial', object: 'text_completion', usage }
  return new TextEncoder().encode(`data: ${JSON.stringify(body)}\n\n`)
}

function streamOf(events: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        // Each chunk in a turn of its own, as it would come from a socket.
        await new Promise((resolve) => setImmediate(resolve))
        const next = events[at++]
        if (next) controller.enqueue(next)
        else controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}
