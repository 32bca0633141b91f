import type { Upstream } from '@aitoken/inference/provider'

/** Input tokens that the script counts for every request. */
export const inputTokens = 5

/** What a scripted model did for one request, named by its `seed`. */
export type Performance = {
  /** Events that it may still send. */
  allowed: number
  /** Whether it breaks off instead of going on. */
  broken: boolean
  /** Output tokens sent, for each time that it was asked; all at once for an answer that does not stream. */
  readonly takes: { produced: number }[]
}

/** A model that says as many words as it was asked for, each when the test lets it. */
export type Script = {
  /** Lets a request's model send so many more events. */
  allow(seed: number, events: number): void
  /** Makes a request's model break off. */
  breakOff(seed: number): void
  /** What was done for a request. */
  of(seed: number): Performance
  /** From now on everything is allowed. */
  open(): void
  upstream: Upstream
}

/** Creates a script: everything waits until the test allows it, so that the test decides what comes first. */
export function createScript(): Script {
  const performances = new Map<number, Performance>()
  const wakers = new Set<() => void>()
  let opened = false

  const of = (seed: number): Performance => {
    const held = performances.get(seed) ?? { allowed: 0, broken: false, takes: [] }
    performances.set(seed, held)
    return held
  }
  const wake = () => {
    for (const waker of wakers) waker()
    wakers.clear()
  }

  /** Resolves when the model may go on; false when it is to break off, or nobody listens any more. */
  const turn = async (performance: Performance, signal: AbortSignal): Promise<boolean> => {
    while (!signal.aborted && !performance.broken && !opened && performance.allowed === 0)
      await new Promise<void>((resolve) => {
        wakers.add(resolve)
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
    performance.allowed -= 1
    return !signal.aborted && !performance.broken
  }

  return {
    allow(seed, events) {
      of(seed).allowed += events
      wake()
    },
    breakOff(seed) {
      of(seed).broken = true
      wake()
    },
    of,
    open() {
      opened = true
      wake()
    },
    upstream: {
      continuousUsage: true,
      async fetch(_, { body, signal }) {
        const { max_tokens: words, seed, stream } = JSON.parse(typeof body === 'string' ? body : decode(body))
        const performance = of(seed)
        // A request that is repeated after a crash is performed anew.
        const take = { produced: 0 }
        performance.takes.push(take)
        const proceed = () => turn(performance, signal)
        if (stream) return new Response(speak({ proceed, take, words }), { headers: streaming })
        if (!(await proceed())) throw new TypeError('The model broke off.')
        take.produced = words
        const text = ' word'.repeat(words)
        const choices = [{ finish_reason: 'stop', index: 0, text }]
        return Response.json({ choices, object: 'text_completion', usage: countUsage(words) })
      },
    },
  }
}

const streaming = { 'content-type': 'text/event-stream' }

function speak({
  proceed,
  take,
  words,
}: {
  proceed: () => Promise<boolean>
  take: { produced: number }
  words: number
}): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (!(await proceed())) return controller.error(new TypeError('The model broke off.'))
        if (take.produced === words) {
          controller.enqueue(encoder.encode('data: [DONE]\n\n'))
          return controller.close()
        }
        take.produced += 1
        const finish = take.produced === words ? 'stop' : null
        const choices = [{ finish_reason: finish, index: 0, text: ' word' }]
        const event = { choices, object: 'text_completion', usage: countUsage(take.produced) }
        controller.enqueue(encoder.encode(`data: ${JSON.stringify(event)}\n\n`))
      },
    },
    { highWaterMark: 0 },
  )
}

function countUsage(words: number) {
  return { completion_tokens: words, prompt_tokens: inputTokens, total_tokens: inputTokens + words }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
