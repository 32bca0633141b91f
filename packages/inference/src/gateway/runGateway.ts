import { AitokenError } from '@aitoken/core/errors'

import { PriceInvalidError } from '../price/errors.js'
import { ProviderOptionError } from '../provider/errors.js'
import { describeError } from '../provider/logRequest.js'
import type { Alarm } from '../watchtower/alarm.js'
import { createLog } from './createLog.js'
import { toBanner, toFarewell } from './describeGateway.js'
import { GatewayConfigError } from './errors.js'
import { help, readVersion } from './help.js'
import { readArguments } from './readArguments.js'
import { readConfig } from './readConfig.js'
import { startGateway } from './startGateway.js'

/** What the command line tool touches of its process. */
export type GatewayProcess = Pick<NodeJS.Process, 'argv' | 'env' | 'exit' | 'on' | 'stderr' | 'stdout'>

/**
 * Runs the command line tool. It ends the process: with 0 when it was told to stop and settled, 1 when something failed
 * or is left unsettled, 2 when something given cannot work, and 130 when it was told twice.
 *
 * @param host - The process.
 */
export async function runGateway(host: GatewayProcess): Promise<void> {
  try {
    const parsed = readArguments(host.argv.slice(2))
    if (parsed.command === 'help') host.stdout.write(help)
    else if (parsed.command === 'version') host.stdout.write(`${await readVersion()}\n`)
    else await serve(host, parsed)
  } catch (error) {
    host.stderr.write(`${explain(error)}\n`)
    host.exit(isMistake(error) ? 2 : 1)
  }
}

/** Whether something that was given cannot work: the provider names what it is that checks its own options. */
function isMistake(error: unknown): boolean {
  return [GatewayConfigError, PriceInvalidError, ProviderOptionError].some(
    (mistake) => error instanceof mistake,
  )
}

/** Alarms after which something that was earned is not settled. */
const unpaid: readonly Alarm['kind'][] = ['failed', 'stuck', 'unsettled']

type Serve = Extract<ReturnType<typeof readArguments>, { command: 'serve' }>

async function serve(host: GatewayProcess, { config: path, flags, json }: Serve): Promise<void> {
  const config = await readConfig({ flags, path })
  const log = createLog(config.log?.level ?? 'info')
  // Node would print the message and the stack, and either may quote a secret.
  host.on('uncaughtException', (error) => {
    log.fatal({ error: describeError(error) }, 'crashed')
    host.exit(1)
  })
  const gateway = await startGateway(config, { env: host.env, log })
  const { info } = gateway
  const people = host.stderr.isTTY && !json
  if (people) host.stderr.write(toBanner(info))
  for (const warning of info.warnings) log.warn({ warning }, 'warning')
  log.info({ ...info, pid: process.pid }, 'serving')
  if (json) host.stderr.write(`${JSON.stringify(info)}\n`)

  let stopping = false
  const stop = async (signal: string) => {
    if (stopping) return host.exit(130)
    stopping = true
    log.info({ signal }, 'draining')
    if (people) host.stderr.write('  stopping once requests have ended; again to stop at once\n')
    try {
      const { alarms, hashes, paid, stopped } = await gateway.stop()
      const sum = [...paid.values()].reduce((total, amount) => total + amount, 0n)
      log.info({ hashes, paid: sum.toString(), settled: paid.size, stopped }, 'stopped')
      if (people) host.stderr.write(toFarewell(paid, info))
      // Whoever restarts it should know that money is still owed.
      host.exit(alarms.some(({ kind }) => unpaid.includes(kind)) ? 1 : 0)
    } catch (error) {
      log.error({ error: describeError(error) }, 'stopped without settling')
      host.exit(1)
    }
  }
  host.on('SIGINT', stop)
  host.on('SIGTERM', stop)
}

/** What went wrong, and what to do about it; of foreign errors the kind only. */
function explain(error: unknown): string {
  if (!AitokenError.is(error)) return `The gateway failed: ${describeError(error)}`
  const causes: string[] = []
  let { cause } = error
  while (cause instanceof Error && causes.length < 8) {
    causes.push(`  because of ${describeError(cause)}`)
    cause = cause.cause
  }
  return [error.shortMessage, ...error.hints.map((hint) => `- ${hint}`), ...causes].join('\n')
}
