/** Copies what a stream delivers, up to a limit. */
export type Transcript = {
  /** Copies more bytes. */
  add(bytes: Uint8Array): void
  /** Everything so far; undefined when it was more than the limit. */
  bytes(): Uint8Array<ArrayBuffer> | undefined
}

/**
 * Creates a transcript. What it gets is copied, for a small piece may keep a large buffer alive.
 *
 * @param limit - Most bytes that are held.
 * @returns The transcript, which holds nothing any more once there was too much.
 */
export function createTranscript(limit: number): Transcript {
  let held = new Uint8Array(0)
  let length = 0
  return {
    add(bytes) {
      const needed = length + bytes.length
      if (needed <= limit) {
        if (needed > held.length) {
          const larger = new Uint8Array(Math.min(limit, Math.max(2 * held.length, needed, 4_096)))
          larger.set(held.subarray(0, length))
          held = larger
        }
        held.set(bytes, length)
      } else held = new Uint8Array(0)
      length = needed
    },
    bytes: () => (length > limit ? undefined : held.slice(0, length)),
  }
}
