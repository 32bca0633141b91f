import type { Transport } from 'viem'

import type { PrometheusMetrics } from '../metrics/createMetrics.js'
import { createProvider } from '../provider/createProvider.js'
import type { FlushedProvider } from '../provider/flushProvider.js'
import type { Log } from '../provider/observer.js'
import type { Watchtower } from '../watchtower/watchtower.js'
import { checkOperator } from './checkOperator.js'
import type { GatewayConfig } from './config.js'
import { connectChain } from './connectChain.js'
import { describeGateway, type GatewayInfo } from './describeGateway.js'
import { GatewayConfigError } from './errors.js'
import { openMetrics } from './openMetrics.js'
import { openModels, parseAmount } from './openModels.js'
import { describeStore, openStore } from './openStore.js'
import { type Environment, readText } from './readSecret.js'
import { readWatch } from './readWatch.js'
import { serveHttp } from './serveHttp.js'

/** A gateway that sells. */
export type Gateway = {
  /** What it is, for people and for the log. */
  readonly info: GatewayInfo
  /** Lets what runs end, settles, and closes everything. */
  stop(): Promise<FlushedProvider>
}

/**
 * Starts a gateway: connects to the chain, opens models and books, and listens.
 *
 * @param config - The configuration.
 * @param parameters - The environment, and where lines go.
 * @returns The gateway.
 * @throws `GatewayConfigError` when something configured cannot work, `GatewayStartError` when something does not
 * answer.
 */
export async function startGateway(
  config: GatewayConfig,
  { env, log }: { env: Environment; log: Log },
): Promise<Gateway> {
  const { limits = {}, listen = {}, payee, providerId, shutdownTimeout = 30_000 } = config
  const metrics = await openMetrics(config.metrics, env)
  const chain = await connectChain(config, { env, measure: measureBy(metrics) })
  const { account, channels, client, decimals, token } = chain
  await checkOperator(chain, payee)
  const address = await readText(config.store ?? 'sqlite:./aitoken.db', { env, field: 'store' })
  const models = await openModels(config.models, { decimals, env })
  const toUnits = (field: string, amount: string | undefined) =>
    amount === undefined ? undefined : parseAmount(amount, { decimals, field })
  const watch = await readWatch(config.watch, { chain, env, log })
  const amounts = {
    creditWindow: toUnits('limits.creditWindow', limits.creditWindow),
    safetyMargin: toUnits('limits.safetyMargin', limits.safetyMargin),
    streamUnit: toUnits('limits.streamUnit', limits.streamUnit),
  }
  const store = await openStore(address)
  let tower: Watchtower | undefined
  try {
    const provider = createProvider({
      ...limits,
      ...amounts,
      account,
      channels,
      client,
      cors: config.cors,
      journal: readJournal(config.journal),
      log,
      metrics,
      models,
      payee,
      providerId: providerId === undefined ? undefined : BigInt(providerId),
      store,
      token,
    })
    if (watch) tower = await provider.watch(watch)
    const { host = '127.0.0.1', maxConnections = 10_000, port = 8402 } = listen
    const server = await serveHttp({
      fetch: provider.fetch,
      host,
      maxConnections,
      onError: (error) => log.error({ error: nameOf(error) }, 'connection'),
      port,
    }).catch((error: unknown) => {
      throw explainListen(error, { host, port })
    })
    const stop = async () => {
      try {
        return await provider.flush({ notice: config.shutdownNotice, timeout: shutdownTimeout })
      } finally {
        await server.close()
      }
    }
    const info = describeGateway(config, {
      chain,
      measured: metrics !== undefined,
      store: describeStore(address),
      url: server.url,
    })
    return { info, stop }
  } catch (error) {
    await tower?.stop()
    await store.close()
    throw error
  }
}

function readJournal(config: GatewayConfig['journal']): createProvider.Parameters['journal'] {
  if (config?.enabled === false) return false
  const { enabled: _, ...options } = config ?? {}
  return options
}

function measureBy(metrics: PrometheusMetrics | undefined): (transport: Transport) => Transport {
  return metrics ? metrics.transport : (transport) => transport
}

/** What to change when an address cannot be listened on. */
function explainListen(cause: unknown, { host, port }: { host: string; port: number }): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'EADDRINUSE') {
    const expected = `a port that is free: another program listens on ${host}:${port}`
    return new GatewayConfigError({ cause, expected, field: 'listen.port', value: port })
  }
  if (code === 'EACCES') {
    const expected = `a port from 1024 on, or the right to listen on ${host}:${port}`
    return new GatewayConfigError({ cause, expected, field: 'listen.port', value: port })
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    const expected = 'an address of this machine, or 0.0.0.0 for all of them'
    return new GatewayConfigError({ cause, expected, field: 'listen.host', value: host })
  }
  return cause
}

/** The kind of an error; its message may quote what nobody should read. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
