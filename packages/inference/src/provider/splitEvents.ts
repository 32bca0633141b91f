/** Cuts a stream's bytes into whole events. */
export type EventSplitter = {
  /** What is left when the stream ends: an event without its empty line, which is added for what comes after. */
  flush(): Uint8Array
  /** How many bytes of an event are held that is not whole yet. */
  held(): number
  /** Takes the next bytes; returns the events that they complete, with their empty lines. */
  split(chunk: Uint8Array): readonly Uint8Array[]
}

/**
 * Creates a splitter of SSE events. An event arrives whole nearly always, and is then passed on as it came. One that
 * comes in pieces is gathered in a buffer that doubles, so that many tiny pieces cost no more than one large one.
 *
 * @returns The splitter.
 */
export function createEventSplitter(): EventSplitter {
  let buffer = new Uint8Array(0)
  let length = 0

  const hold = (bytes: Uint8Array) => {
    const needed = length + bytes.length
    if (needed > buffer.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * buffer.length))
      larger.set(buffer.subarray(0, length))
      buffer = larger
    }
    buffer.set(bytes, length)
    length = needed
  }
  const forget = () => {
    buffer = new Uint8Array(0)
    length = 0
  }

  return {
    flush() {
      if (length === 0) return new Uint8Array(0)
      // What is written after it must not stand on its last line.
      hold(new TextEncoder().encode(buffer[length - 1] === 10 ? '\n' : '\n\n'))
      const rest = buffer.slice(0, length)
      forget()
      return rest
    },
    held: () => length,
    split(chunk) {
      const scanned = length
      if (scanned > 0) hold(chunk)
      const data = scanned > 0 ? buffer.subarray(0, length) : chunk
      const events: Uint8Array[] = []
      let start = 0
      for (let at = data.indexOf(10, scanned); at >= 0; at = data.indexOf(10, at + 1)) {
        if (!endsEvent(data, at, start)) continue
        // What was gathered leaves as a copy: the buffer is written again.
        const event = start === 0 && at + 1 === data.length ? data : data.subarray(start, at + 1)
        events.push(scanned > 0 ? event.slice() : event)
        start = at + 1
      }
      if (start === 0 && scanned > 0) return events
      const rest = data.subarray(start)
      forget()
      if (rest.length > 0) hold(rest)
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
