import { join } from '../wire/comment.js'

/** Cuts a stream's bytes into whole events. */
export type EventSplitter = {
  /** What is left when the stream ends: an event without its empty line, which is added for what comes after. */
  flush(): Uint8Array
  /** Takes the next bytes; returns the events that they complete, with their empty lines. */
  split(chunk: Uint8Array): readonly Uint8Array[]
}

/**
 * Creates a splitter of SSE events. An event arrives whole nearly always, and is then passed on as it came.
 *
 * @returns The splitter.
 */
export function createEventSplitter(): EventSplitter {
  let held: Uint8Array[] = []
  return {
    flush() {
      const rest = join(held)
      held = []
      if (rest.length === 0) return rest
      // What is written after it must not stand on its last line.
      return join([rest, new TextEncoder().encode(rest.at(-1) === 10 ? '\n' : '\n\n')])
    },
    split(chunk) {
      // Joined only when a line ends, or a long line would be copied with every chunk of it.
      if (chunk.indexOf(10) < 0) {
        held.push(chunk)
        return []
      }
      const data = join([...held, chunk])
      const events: Uint8Array[] = []
      let start = 0
      let line = -1
      for (;;) {
        line = data.indexOf(10, line + 1)
        if (line < 0) break
        if (!endsEvent(data, line, start)) continue
        events.push(start === 0 && line + 1 === data.length ? data : data.subarray(start, line + 1))
        start = line + 1
      }
      held = start < data.length ? [data.slice(start)] : []
      return events
    },
  }
}

/** Whether the line break here ends an empty line. */
function endsEvent(data: Uint8Array, at: number, start: number): boolean {
  if (at === start) return true
  const before = data[at - 1]
  return before === 10 || (before === 13 && (at - 1 === start || data[at - 2] === 10))
}
