/** Keeps a request going while anybody waits for it, and a moment longer. */
export type Hold = {
  /** Ends it: nobody needs to wait any more. */
  end(): void
  /** Waits for it until the signal aborts. */
  join(signal: AbortSignal): void
  /** Aborts when nobody waited for too long. */
  readonly signal: AbortSignal
}

/**
 * Creates a hold: a payer whose connection broke comes back within a moment, and finds its request going on.
 *
 * @param parameters - How long the moment is, in milliseconds, and what is told about the end.
 * @returns The hold.
 */
export function createHold({ grace, onEnd }: { grace: number; onEnd: () => void }): Hold {
  const controller = new AbortController()
  let ended = false
  let waiting = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const leave = () => {
    if (--waiting > 0 || ended) return
    timer = setTimeout(() => controller.abort(), grace)
  }
  return {
    end() {
      ended = true
      clearTimeout(timer)
      onEnd()
    },
    join(signal) {
      clearTimeout(timer)
      waiting++
      if (signal.aborted) leave()
      else signal.addEventListener('abort', leave, { once: true })
    },
    signal: controller.signal,
  }
}
