import type { PrometheusMetrics } from '../metrics/createMetrics.js'
import type { GatewayConfig } from './config.js'
import { type Environment, readSecret } from './readSecret.js'

/** Where the metrics' token is looked for when nothing is said. */
const tokenVariable = 'AITOKEN_METRICS_TOKEN'

/**
 * Opens the metrics, if anybody may read them: they tell turnover, so somebody has to say who.
 *
 * @param config - What is configured.
 * @param env - The environment.
 * @returns The metrics; undefined when there is neither a token nor leave for everybody.
 * @throws `GatewayConfigError` when the token is not where it should be.
 */
export async function openMetrics(
  config: GatewayConfig['metrics'],
  env: Environment,
): Promise<PrometheusMetrics | undefined> {
  const { public: open = false, runtime = true } = config ?? {}
  const secret = config?.token ?? (env[tokenVariable] ? { env: tokenVariable } : undefined)
  if (!secret && !open) return undefined
  const token = secret && (await readSecret(secret, { env, field: 'metrics.token' }))
  const { createMetrics } = await import('../metrics/createMetrics.js')
  return createMetrics({ runtime, token })
}
