/**
 * Measures a provider with prom-client and serves what was measured as Prometheus text.
 *
 * @module @aitoken/inference/metrics
 */

export { createMetrics, type PrometheusMetrics } from './createMetrics.js'
