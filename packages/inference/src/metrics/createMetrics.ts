import { collectDefaultMetrics, Registry } from 'prom-client'
import type { Transport } from 'viem'

import type { Metrics } from '../provider/observer.js'
import { createInstruments } from './createInstruments.js'
import { createPermit } from './createPermit.js'
import { measureTransport } from './measureTransport.js'
import { observe } from './observe.js'
import { recordState } from './recordState.js'

/** Prometheus metrics of one provider, in a registry of their own. */
export type PrometheusMetrics = Metrics & {
  /** Holds the metrics: add your own, or merge it with another. */
  readonly registry: Registry
  /** Measures the calls of a viem transport: give the result to the provider's client. */
  transport(transport: Transport): Transport
}

/**
 * Creates Prometheus metrics for a provider, which then answers `GET /metrics`. Labels are few: models that are
 * served, patterns of paths, and how requests ended; never channels, payers or anything that a stranger chose.
 * Amounts are base units as floating point numbers, exact up to 2^53 and to 16 digits beyond.
 *
 * The metrics tell turnover: give `token`, or keep `/metrics` away from the public.
 *
 * @param parameters - {@link createMetrics.Parameters}
 * @returns The metrics.
 *
 * @example
 * ```ts
 * import { createAitoken } from '@aitoken/core'
 * import { createMetrics } from '@aitoken/inference/metrics'
 * import { createProvider } from '@aitoken/inference/provider'
 * import { http } from 'viem'
 *
 * export function serve(options: createAitoken.WriteParameters, models: createProvider.Parameters['models']) {
 *   const metrics = createMetrics({ runtime: true, token: process.env['METRICS_TOKEN'] })
 *   const client = createAitoken({ ...options, transport: metrics.transport(http()) })
 *   return createProvider({ client, metrics, models })
 * }
 * ```
 */
export function createMetrics(parameters: createMetrics.Parameters = {}): PrometheusMetrics {
  const { runtime = false, token } = parameters
  const registry = new Registry()
  const instruments = createInstruments(registry)
  if (runtime) collectDefaultMetrics({ register: registry })
  const permits = createPermit(token)
  return {
    observer: observe(instruments),
    registry,
    async serve(request, readState) {
      if (!permits(request)) {
        const headers = { 'cache-control': 'no-store', 'www-authenticate': 'Bearer realm="metrics"' }
        return new Response(null, { headers, status: 401 })
      }
      recordState(instruments, await readState())
      const headers = { 'cache-control': 'no-store', 'content-type': registry.contentType }
      return new Response(await registry.metrics(), { headers })
    },
    transport: (transport) => measureTransport(transport, instruments.calls),
  }
}

export declare namespace createMetrics {
  type Parameters = {
    /** Also measures the Node process: event loop, garbage collection, memory. @default false */
    runtime?: boolean | undefined
    /** Who reads the metrics must send it, as `authorization: Bearer …`. @default nothing is asked for */
    token?: string | undefined
  }
}
