import { destination, type Logger, pino, stdTimeFunctions } from 'pino'

import type { LogLevel } from './config.js'

/**
 * Creates the log of a gateway: a JSON object per line on the standard output.
 *
 * @param level - How much is logged.
 * @returns The log.
 */
export function createLog(level: LogLevel): Logger {
  // Written at once: the last lines of a process that dies are the ones that matter.
  const output = destination({ dest: 1, sync: true })
  return pino(
    {
      base: null,
      formatters: { level: (label) => ({ level: label }) },
      level,
      timestamp: stdTimeFunctions.isoTime,
    },
    output,
  )
}
