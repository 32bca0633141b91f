import { parseGwei } from 'viem'

import { describeError, shortenId } from '../provider/logRequest.js'
import type { Log } from '../provider/observer.js'
import type { Alarm } from '../watchtower/alarm.js'
import type { WatchOptions } from '../watchtower/watchtower.js'
import type { GatewayConfig } from './config.js'
import type { ChainConnection } from './connectChain.js'
import { parseAmount } from './openModels.js'
import { type Environment, readText } from './readSecret.js'

/** Alarms that cost money if nobody looks; the others pass by themselves. */
const grave: readonly string[] = ['failed', 'held', 'loss', 'unsettled', 'vanished']

/**
 * Reads how a gateway watches the chain.
 *
 * @param config - What is configured.
 * @param parameters - The chain, the environment, and where alarms go.
 * @returns The watchtower's options; undefined when there shall be none.
 * @throws `GatewayConfigError` when something cannot work.
 */
export async function readWatch(
  config: GatewayConfig['watch'],
  { chain, env, log }: { chain: ChainConnection; env: Environment; log: Log },
): Promise<WatchOptions | undefined> {
  if (config?.enabled === false) return undefined
  const { dust, interval, maxAge, maxGasGwei, nativePrice, nodes = [], settleAbove } = config ?? {}
  const toUnits = (name: string, amount: string | undefined) =>
    amount === undefined
      ? undefined
      : parseAmount(amount, { decimals: chain.decimals, field: `watch.${name}` })
  const urls = nodes.map((node, index) => readText(node, { env, field: `watch.nodes[${index}]` }))
  return {
    clients: (await Promise.all(urls)).map(chain.connect),
    dust: toUnits('dust', dust),
    interval,
    maxAge,
    maxGasPrice: maxGasGwei === undefined ? undefined : parseGwei(maxGasGwei),
    nativePrice: toUnits('nativePrice', nativePrice),
    onAlarm: (alarm) => logAlarm(log, alarm),
    settleAbove: toUnits('settleAbove', settleAbove),
  }
}

/** Writes one line about an alarm, without what foreign errors quote. */
function logAlarm(log: Log, { kind, ...values }: Alarm): void {
  const fields = Object.entries(values).map(([name, value]) => [name, toField(name, value)] as const)
  log[grave.includes(kind) ? 'error' : 'warn']({ alarm: kind, ...Object.fromEntries(fields) }, 'alarm')
}

function toField(name: string, value: unknown): unknown {
  if (name === 'error') return describeError(value)
  if (Array.isArray(value)) return value.length
  if (typeof value === 'bigint') return value.toString()
  return name === 'channelId' ? shortenId(String(value)) : value
}
