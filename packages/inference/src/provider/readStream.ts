import type { UpstreamAnswer } from './askUpstream.js'
import { createEventSplitter } from './splitEvents.js'

/** Largest event in bytes: an event that never ends would fill the memory. */
const maxEventBytes = 1_048_576

/** Reads an upstream's events, one chunk at a time. */
export type StreamReader = {
  /** Stops the upstream; a read that waits comes back. */
  cancel(): Promise<void>
  /** Whether the upstream broke off or fell silent, rather than ending. */
  broken(): boolean
  /** Reads what follows the last event, so that the connection can be used again. */
  drain(): Promise<void>
  /** Whether it took longer than it may. */
  late(): boolean
  /** The next events; undefined when there are no more. */
  read(): Promise<readonly Uint8Array[] | undefined>
  /** Notes that somebody still takes what was read. */
  touch(): void
}

/**
 * Creates a reader of an upstream's events.
 *
 * @param answer - What the upstream answered.
 * @param parameters - {@link createStreamReader.Parameters}
 * @returns The reader.
 */
export function createStreamReader(
  { abort, response }: UpstreamAnswer,
  { idle, maxBytes, most, onUntaken, patience }: createStreamReader.Parameters,
): StreamReader {
  const reader = response.body?.getReader()
  const splitter = createEventSplitter()
  let broken = false
  let received = 0
  let ended = reader === undefined
  let waitingSince: number | undefined
  const beganAt = Date.now()
  let restingSince = beganAt
  const late = () => Date.now() - beganAt >= most
  // One timer for the stream rather than one for each chunk.
  const timer = setInterval(() => {
    const now = Date.now()
    if (waitingSince === undefined && now - restingSince >= patience) onUntaken()
    if (waitingSince === undefined || (now - waitingSince < idle && !late())) return
    broken = true
    void stop()
  }, Math.min(idle, most) / 4)

  /** A body that broke refuses to be cancelled too, and there is nobody to tell. */
  const stop = async () => {
    clearInterval(timer)
    abort()
    await reader?.cancel().catch(() => undefined)
  }

  const next = async () => {
    waitingSince = Date.now()
    try {
      const chunk = await reader?.read()
      received += chunk?.value?.length ?? 0
      if (received <= maxBytes && splitter.held() <= maxEventBytes) return chunk
      // No model has so much to say: what would follow is not waited for.
      broken = true
      await stop()
      return undefined
    } catch {
      // How it broke is between the provider and its upstream; what counts is what was delivered.
      broken = true
      return undefined
    } finally {
      waitingSince = undefined
      restingSince = Date.now()
    }
  }

  return {
    broken: () => broken,
    cancel: stop,
    async drain() {
      while (!ended) ended = (await next())?.done !== false
      clearInterval(timer)
    },
    late,
    async read() {
      while (!ended) {
        const chunk = await next()
        ended = chunk?.done !== false
        const events = chunk?.value ? splitter.split(chunk.value) : []
        if (events.length > 0) return events
      }
      clearInterval(timer)
      const rest = splitter.flush()
      return rest.length > 0 && !broken ? [rest] : undefined
    },
    touch() {
      restingSince = Date.now()
    },
  }
}

export declare namespace createStreamReader {
  type Parameters = {
    /** How long the upstream may be silent while it is being read, in milliseconds. */
    idle: number
    /** Most bytes of a stream; one with more breaks off. */
    maxBytes: number
    /** How long it may take in all, in milliseconds. */
    most: number
    /** Told when nobody reads any more. */
    onUntaken: () => void
    /** How long it may stay unread, in milliseconds. */
    patience: number
  }
}
