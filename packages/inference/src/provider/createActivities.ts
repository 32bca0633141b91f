import { ProviderDrainingError } from '../wire/serviceErrors.js'
import { type Activity, beginActivity, resumeActivity } from './activity.js'
import { ProviderOptionError } from './errors.js'
import { logRequest } from './logRequest.js'
import type { Log, Observer, Outcome, RequestReport } from './observer.js'

/** After a request was stopped it has this long to end by itself, in milliseconds. */
const grace = 1_000

/** The requests that a provider is serving. */
export type Activities = {
  /** Notes that a request arrived. */
  begin(route: string): Activity
  /**
   * Says that the provider is leaving, still takes work for `notice` milliseconds, then refuses it, waits for what
   * runs and stops what takes longer than `timeout`; how many had to be stopped.
   */
  drain(times: { notice: number; timeout: number }): Promise<number>
  /** Whether new work is refused. */
  draining(): boolean
  /** Whether whoever spreads requests over processes should spare this one. */
  leaving(): boolean
  /** Notes that a request ended; only the first end counts. */
  end(activity: Activity, outcome?: Outcome): void
  /** What is being served. */
  running(): Iterable<Activity>
}

/**
 * Creates the list of requests that a provider is serving.
 *
 * @param parameters - Who is told about their ends.
 * @returns The list.
 */
export function createActivities({
  log,
  observer,
}: {
  log: Log | undefined
  observer: Observer | undefined
}): Activities {
  const running = new Set<Activity>()
  const idle = new Set<() => void>()
  let draining = false
  let leaving = false

  /** Whether everything ended in time. */
  const rest = (timeout: number): Promise<boolean> =>
    new Promise((resolve) => {
      if (running.size === 0) return resolve(true)
      const wake = () => {
        clearTimeout(timer)
        resolve(true)
      }
      const timer = setTimeout(() => {
        idle.delete(wake)
        resolve(false)
      }, timeout)
      idle.add(wake)
    })

  return {
    begin(route) {
      const activity = beginActivity(route)
      running.add(activity)
      return activity
    },
    async drain({ notice, timeout }) {
      for (const [option, value] of Object.entries({ notice, timeout }))
        if (!Number.isFinite(value) || value < 0)
          throw new ProviderOptionError({ expected: '0 or more milliseconds', option, value })
      leaving = true
      if (notice > 0) await new Promise((resolve) => setTimeout(resolve, notice))
      draining = true
      if (await rest(timeout)) return 0
      const late = [...running]
      for (const { abort } of late) abort?.()
      if (await rest(grace)) return late.length
      // Those that wait for a voucher, or for a payer that takes nothing, do not notice that the model stopped.
      for (const { leave } of running) leave?.()
      await rest(grace)
      return late.length
    },
    draining: () => draining,
    leaving: () => leaving,
    end(activity, outcome) {
      if (!running.delete(activity)) return
      if (outcome) activity.outcome = outcome
      if (observer?.ended || log) {
        const report = reportOf(activity)
        observer?.ended?.(report)
        if (log) logRequest(log, report)
      }
      if (running.size > 0) return
      for (const wake of idle) wake()
      idle.clear()
    },
    running: () => running,
  }
}

/** Refuses paid work while a provider is ending. */
export function refuseDraining(activities: Activities): void {
  if (activities.draining()) throw new ProviderDrainingError()
}

function reportOf(activity: Activity): RequestReport {
  resumeActivity(activity)
  const { arrivedAt, askedAt, firstByteAt, status } = activity
  const durationMs = performance.now() - arrivedAt
  const fallback: Outcome = status < 400 ? 'complete' : status < 500 ? 'refused' : 'failed'
  const {
    channelId,
    charge,
    model,
    outcome = fallback,
    pausedMs,
    pauses,
    problem,
    requestId,
    route,
    usage,
  } = activity
  return {
    channelId,
    charge,
    durationMs,
    firstByteMs: firstByteAt === undefined ? durationMs : firstByteAt - arrivedAt,
    model,
    outcome,
    overheadMs: askedAt === undefined ? undefined : askedAt - arrivedAt,
    pausedMs,
    pauses,
    problem,
    requestId,
    route,
    status,
    usage,
  }
}
