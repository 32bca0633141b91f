import type { Observer, RequestReport } from '../provider/observer.js'
import type { Instruments } from './createInstruments.js'

/**
 * Creates the observer that moves the instruments.
 *
 * @param instruments - The instruments.
 * @returns The observer.
 */
export function observe(instruments: Instruments): Observer {
  return {
    alarmed: (kind) => instruments.alarms.inc({ kind }),
    ended: (report) => {
      recordRequest(instruments, report)
      if (report.model !== undefined) recordPaid(instruments, report, report.model)
    },
    paid: (amount) => instruments.paid.inc(Number(amount)),
    stored: (milliseconds, succeeded) =>
      instruments.store.observe({ result: succeeded ? 'ok' : 'failed' }, milliseconds / 1000),
    transacted: ({ action, fee, gasUsed }) => {
      instruments.transactions.inc({ action })
      instruments.fees.inc({ action }, Number(fee))
      instruments.gas.inc({ action }, Number(gasUsed))
    },
    verified: (valid) => instruments.signatures.inc({ result: valid ? 'valid' : 'invalid' }),
  }
}

function recordRequest(instruments: Instruments, report: RequestReport): void {
  const { durationMs, model = '', outcome, problem, route } = report
  instruments.requests.inc({ model, outcome, route })
  instruments.durations.observe({ route }, durationMs / 1000)
  if (problem !== undefined) instruments.problems.inc({ problem, route })
}

/** Notes what only requests have whose payment was looked at. */
function recordPaid(instruments: Instruments, report: RequestReport, model: string): void {
  const { charge, firstByteMs, outcome, overheadMs, pausedMs, pauses, usage } = report
  if (overheadMs !== undefined) instruments.overheads.observe({ model }, overheadMs / 1000)
  if (outcome !== 'failed' && outcome !== 'refused')
    instruments.firstBytes.observe({ model }, firstByteMs / 1000)
  if (pauses > 0) {
    instruments.pauses.inc({ model }, pauses)
    instruments.pauseSeconds.inc({ model }, pausedMs / 1000)
  }
  if (charge > 0n) instruments.charged.inc({ model }, Number(charge))
  if (!usage) return
  const { cachedInput, input, output, reasoning } = usage
  for (const [kind, count] of Object.entries({ cachedInput, input, output, reasoning }))
    if (count > 0) instruments.tokens.inc({ kind, model }, count)
}
