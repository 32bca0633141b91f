import { createQueue } from '../internal/createQueue.js'

/** Does something again and again, and never twice at once. */
export type Ticker = {
  /** Runs a task after those before it. */
  run<result>(task: () => Promise<result>): Promise<result>
  /** Ends it, after what was begun is done. */
  stop(): Promise<void>
}

/**
 * Starts to do something again and again.
 *
 * @param interval - Milliseconds between the end of one time and the beginning of the next; 0 for never by itself.
 * @param onError - Told what a time threw.
 * @param look - What to do.
 * @returns What stops it, and what does something else in between.
 */
export function createTicker(
  interval: number,
  onError: (error: unknown) => void,
  look: () => Promise<unknown>,
): Ticker {
  const run = createQueue()
  let stopped = interval === 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const next = async () => {
    await run(look).catch(onError)
    if (!stopped) schedule(interval)
  }
  const schedule = (pause: number) => {
    timer = setTimeout(next, pause)
    // Whoever only watches does not keep the process alive; browsers know no such thing.
    if (typeof timer === 'object') timer.unref()
  }
  if (!stopped) schedule(0)
  return {
    run,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await run(async () => undefined)
    },
  }
}
