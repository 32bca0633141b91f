import type { Ledger, LedgerStore } from '@aitoken/inference'
import type { Provider } from '@aitoken/inference/provider'

/** One run of a process, from its start to the moment somebody pulls the plug. */
export type Life = {
  /** Pulls the plug: nothing that the process began goes on. */
  end(): void
  /** Whether the plug was pulled. */
  ended(): boolean
  /** Rejects when the plug is pulled, as connections of the process do. */
  until<value>(promise: Promise<value>): Promise<value>
  signal: AbortSignal
}

/** Begins a run. */
export function createLife(): Life {
  const controller = new AbortController()
  const { signal } = controller
  return {
    end: () => controller.abort(),
    ended: () => signal.aborted,
    signal,
    until(promise) {
      return new Promise((resolve, reject) => {
        const cut = () => reject(new TypeError('fetch failed'))
        promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', cut))
        if (signal.aborted) cut()
        else signal.addEventListener('abort', cut, { once: true })
      })
    },
  }
}

/** When a process loses its power. */
export type Blackout = {
  /** Whether the write that it strikes is still done. */
  applied: boolean
  /** Writes that are done before it. */
  writes: number
}

/**
 * A store as a process sees it that can lose power at any write: then the write is done or not, and its process
 * never learns which.
 */
export function connectStore(
  store: LedgerStore,
  { check, life }: { check: (before: Ledger | undefined, after: Ledger | undefined) => void; life: Life },
): LedgerStore & { strike(blackout: Blackout): void } {
  const never = new Promise<never>(() => undefined)
  let blackout: Blackout | undefined
  return {
    ...store,
    strike(next) {
      blackout = { ...next }
    },
    async transact(channelId, fn) {
      if (life.ended()) return never
      const struck = blackout && blackout.writes-- <= 0 ? blackout : undefined
      if (struck && !struck.applied) {
        life.end()
        return never
      }
      const result = await store.transact(channelId, (held) => {
        const transition = fn(held)
        check(held, transition.ledger)
        return transition
      })
      if (struck) life.end()
      return life.ended() ? never : result
    },
  }
}

/** Carries requests between two processes; when one of them ends, the other sees its connections break. */
export function connect(provider: Pick<Provider, 'fetch'>, lives: readonly Life[]): Provider['fetch'] {
  const until = <value>(promise: Promise<value>) =>
    lives.reduce((waiting, life) => life.until(waiting), promise)
  const ends = lives.map(({ signal }) => signal)
  return async (request) => {
    const signal = AbortSignal.any([request.signal, ...ends])
    const { body, headers, status } = await until(provider.fetch(new Request(request, { signal })))
    const reader = body?.getReader()
    if (!reader) return new Response(null, { headers, status })
    const hangUp = () => void reader.cancel().catch(() => undefined)
    signal.addEventListener('abort', hangUp, { once: true })
    const carried = new ReadableStream<Uint8Array>(
      {
        async cancel() {
          await reader.cancel()
        },
        async pull(controller) {
          const { done, value } = await until(reader.read())
          if (done) controller.close()
          else controller.enqueue(value)
        },
      },
      { highWaterMark: 0 },
    )
    return new Response(carried, { headers, status })
  }
}
