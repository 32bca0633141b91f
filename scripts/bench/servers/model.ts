import type { Upstream } from '@aitoken/inference/provider'
import type { Context } from 'hono'

/** Chunks in one streamed answer, each of one token. */
export const chunks = 256

/** Milliseconds between two tokens of the paced model. */
const pace = 2

/**
 * Models for benchmarks. `trivial` answers at once, so that what is measured is what stands before it; `paced`
 * streams as a model does, and says when it wrote each token; `stalled` streams one token and nothing more.
 */
export type ModelName = 'paced' | 'stalled' | 'trivial'

const answer = JSON.stringify({
  choices: [{ finish_reason: 'stop', index: 0, text: 'O Romeo, Romeo! wherefore art thou Romeo?' }],
  created: 0,
  id: 'cmpl-0',
  model: 'trivial',
  object: 'text_completion',
  usage: { completion_tokens: 12, prompt_tokens: 9, total_tokens: 21 },
})

/** When somebody last stopped a model of this process, in nanoseconds of the machine's clock. */
let stoppedAt = 0n

/** Tells when somebody last stopped a model of this process, in nanoseconds of the machine's clock, as digits. */
export function readStop(): string {
  return `${stoppedAt}`
}

/** Creates one of the models. */
export function createModel(name: ModelName): Upstream {
  const events = Array.from({ length: chunks }, (_, index) => encodeEvent(index, ' Romeo'))
  const done = new TextEncoder().encode('data: [DONE]\n\n')
  const next = {
    async paced(at: number, limit: number) {
      if (at >= limit) return at === limit ? done : undefined
      await new Promise((resolve) => setTimeout(resolve, pace))
      return encodeEvent(at, `${process.hrtime.bigint()}`, at + 1 === limit)
    },
    async stalled(at: number) {
      // Whoever takes no more cancels the stream, and so ends the wait.
      return at === 0 ? events[0] : new Promise<never>(() => undefined)
    },
    async trivial(at: number) {
      // Each chunk in a turn of its own, as it would come from a socket.
      await new Promise((resolve) => setImmediate(resolve))
      return at === chunks ? done : events[at]
    },
  }[name]
  return {
    continuousUsage: true,
    async fetch(_, { body, signal }) {
      const stop = () => {
        stoppedAt = process.hrtime.bigint()
      }
      signal.addEventListener('abort', stop, { once: true })
      const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
      const { max_tokens: limit, stream } = JSON.parse(text)
      if (!stream) return new Response(answer, { headers: { 'content-type': 'application/json' } })
      const headers = { 'content-type': 'text/event-stream' }
      return new Response(
        streamOf((at) => next(at, limit)),
        { headers },
      )
    },
  }
}

/** Answers a request without any payment, on the same server as those that are paid for. */
export async function answerFree(model: Upstream, context: Context): Promise<Response> {
  const headers = { 'content-type': 'application/json' } as const
  const { signal } = context.req.raw
  return model.fetch(context.req.url, { body: await context.req.text(), headers, method: 'POST', signal })
}

function encodeEvent(index: number, text: string, last = index + 1 === chunks): Uint8Array {
  const usage = { completion_tokens: index + 1, prompt_tokens: 9, total_tokens: index + 10 }
  const choices = [{ finish_reason: last ? 'stop' : null, index: 0, text }]
  const body = { choices, created: 0, id: 'cmpl-0', model: 'trivial', object: 'text_completion', usage }
  return new TextEncoder().encode(`data: ${JSON.stringify(body)}\n\n`)
}

function streamOf(next: (at: number) => Promise<Uint8Array | undefined>): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const bytes = await next(at++)
        if (bytes) controller.enqueue(bytes)
        else controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}
