import { AitokenError } from '@aitoken/core/errors'

import type { Log, Outcome, RequestReport } from './observer.js'

/** Requests that are worth a line when they are refused only: probes ask all day long. */
const quiet: readonly string[] = ['/healthz', '/metrics']

/** Ends of which somebody got less than was asked for. */
const cut: readonly Outcome[] = ['broken', 'expired', 'unpaid']

/**
 * Writes one line about a request that ended. Field by field, so that nothing which was asked, answered or signed
 * can get into it.
 *
 * @param log - Where to.
 * @param report - What happened.
 */
export function logRequest(log: Log, report: RequestReport): void {
  const { channelId, charge, outcome, overheadMs, pauses, problem, route, usage } = report
  if (quiet.includes(route) && outcome !== 'refused') return
  const fields = {
    ...(channelId && { channel: shortenId(channelId) }),
    charge: charge.toString(),
    firstByteMs: round(report.firstByteMs),
    ...(report.model !== undefined && { model: report.model }),
    ms: round(report.durationMs),
    outcome,
    ...(overheadMs !== undefined && { overheadMs: round(overheadMs) }),
    ...(pauses > 0 && { pausedMs: round(report.pausedMs), pauses }),
    ...(problem && { problem }),
    ...(report.requestId && { requestId: report.requestId }),
    route,
    status: report.status,
    ...(usage && { inputTokens: usage.input, outputTokens: usage.output }),
  }
  const level = outcome === 'failed' ? 'error' : cut.includes(outcome) ? 'warn' : 'info'
  log[level](fields, 'request')
}

/**
 * Writes one line about a failure whose details payers do not get. Of errors that are not the SDK's only the name
 * and the code are written: their messages quote URLs with keys in them, and bodies.
 *
 * @param log - Where to.
 * @param error - What failed.
 */
export function logFailure(log: Log, error: unknown): void {
  const causes: string[] = []
  let cause = causeOf(error)
  while (cause !== undefined && causes.length < 8) {
    causes.push(describeError(cause))
    cause = causeOf(cause)
  }
  log.error({ ...(causes.length > 0 && { causes }), error: describeError(error) }, 'failure')
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined
}

/**
 * Describes an error without what foreign ones quote: URLs with keys in them, and bodies.
 *
 * @param error - What failed.
 * @returns Its name and what is safe to say.
 */
export function describeError(error: unknown): string {
  if (AitokenError.is(error)) {
    const { name } = error
    // Its message ends with what the node said.
    if (name === 'CallFailedError') return `${name}: ${String(Reflect.get(error, 'functionName'))}`
    return `${name}: ${hide(error.shortMessage)}`
  }
  if (!(error instanceof Error)) return typeof error
  const { name } = error
  const { code, status } = error as { code?: unknown; status?: unknown }
  const detail = [code, status].filter((value) => typeof value === 'number' || isCode(value))
  return [name, ...detail].join(' ')
}

/** Leaves of URLs the host only, and of long hexadecimal values the ends: some of them sign. */
function hide(text: string): string {
  return text
    .replace(/\b([a-z][a-z\d+.-]*):\/\/(?:[^\s/@]*@)?([^\s/?#"]*)[^\s"]*/gi, '$1://$2/…')
    .replace(/0x[\da-f]{41,}/gi, (hex) => shortenId(hex))
}

/** A code such as ECONNREFUSED; not any text that somebody put into a field of that name. */
function isCode(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Z][A-Z\d_]{2,40}$/.test(value)
}

/** A channel's id, as lines of the log have it. */
export function shortenId(channelId: string): string {
  return `${channelId.slice(0, 10)}…${channelId.slice(-4)}`
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100
}
