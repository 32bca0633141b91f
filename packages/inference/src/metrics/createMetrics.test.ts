import { createClient, http } from 'viem'
import { getBlockNumber } from 'viem/actions'
import { expect, test } from 'vitest'
import { bob, client, clientOf, isolate, rpcUrl } from '~test/anvil.js'
import { ask, hireBob, openShop } from '~test/market.js'
import { readMetrics } from '~test/readMetrics.js'

import type { ProviderState, RequestReport } from '../provider/observer.js'
import { createMetrics } from './createMetrics.js'

isolate()

const state: ProviderState = {
  books: {
    authorized: 2n ** 90n,
    channels: { closed: 1, closing: 2, open: 3 },
    exposed: 5n,
    reserved: 6n,
    settled: 7n,
  },
  draining: false,
  pausedStreams: 1,
  requests: 4,
  streams: 3,
}
const scrape = (headers = {}) => new Request('http://gateway/metrics', { headers })
const read = async (metrics: ReturnType<typeof createMetrics>, now = state) =>
  readMetrics(await (await metrics.serve(scrape(), async () => now)).text())

test('default', async () => {
  const metrics = createMetrics()
  const shop = await openShop({ metrics })
  const consumer = await hireBob()
  await (await consumer.fetch(`${shop.url}/v1/completions`, ask())).json()
  await (await consumer.fetch(`${shop.url}/v1/completions`, ask({ stream: true }))).text()
  await consumer.fetch(`${shop.url}/v1/completions`, ask({ model: 'oracle' })).catch(() => undefined)
  await fetch(`${shop.url}/v1/channels/${'x'.repeat(50)}/steal`)
  await consumer.close(shop.url)

  const response = await fetch(`${shop.url}/metrics`)
  expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4')
  const text = await response.text()
  const { value } = readMetrics(text)
  const labels = { model: 'shakespeare' }
  expect(value('aitoken_requests_total', { ...labels, outcome: 'complete' })).toBe(2)
  expect(value('aitoken_charged_base_units_total', labels)).toBe(Number(consumer.spent()))
  expect(value('aitoken_tokens_total', { ...labels, kind: 'output' })).toBe(80)
  expect(value('aitoken_overhead_seconds_count', labels)).toBe(2)
  expect(value('aitoken_first_byte_seconds_count', labels)).toBe(2)
  expect(value('aitoken_requests_total', { outcome: 'refused', route: 'other' })).toBe(1)
  expect(value('aitoken_transactions_total', { action: 'close' })).toBe(1)
  expect(value('aitoken_transaction_gas_total', { action: 'close' })).toBeGreaterThan(21_000)
  expect(value('aitoken_paid_base_units_total')).toBe(Number(consumer.spent()))
  expect(value('aitoken_store_seconds_count', { result: 'ok' })).toBeGreaterThan(0)
  expect(value('aitoken_signature_checks_total', { result: 'valid' })).toBeGreaterThan(0)
  expect(value('aitoken_channels', { status: 'closed' })).toBe(1)
  // What strangers choose makes no series.
  expect(text).not.toMatch(/oracle|steal|0x[\da-f]{40}/)
  await shop.close()
})

test('behavior: a token keeps strangers out', async () => {
  const metrics = createMetrics({ token: 'let-me-in' })
  const serve = async (headers: Record<string, string>) =>
    (await metrics.serve(scrape(headers), async () => state)).status
  expect(await serve({ authorization: 'Bearer let-me-in' })).toBe(200)
  for (const authorization of ['', 'let-me-in', 'Bearer let-me-i', 'Bearer let-me-in2', 'bearer let-me-in'])
    expect(await serve({ authorization })).toBe(401)
})

test('behavior: amounts beyond 2^53 keep 16 digits', async () => {
  const { value } = await read(createMetrics())
  expect(value('aitoken_booked_base_units', { kind: 'authorized' })).toBe(2 ** 90)
  expect(value('aitoken_streams', { state: 'running' })).toBe(2)
  expect(value('aitoken_requests_in_flight')).toBe(4)
})

test('behavior: sums that cannot be read are not shown', async () => {
  const metrics = createMetrics()
  await read(metrics)
  const { value } = await read(metrics, { ...state, books: undefined, draining: true })
  expect(value('aitoken_booked_base_units', { kind: 'exposed' })).toBeUndefined()
  expect(value('aitoken_draining')).toBe(1)
})

test('behavior: counts pauses, alarms and failed stores', async () => {
  const metrics = createMetrics()
  const report: RequestReport = {
    channelId: undefined,
    charge: 3n,
    durationMs: 9,
    firstByteMs: 2,
    model: 'a"\\\nb',
    outcome: 'unpaid',
    overheadMs: undefined,
    pausedMs: 1_500,
    pauses: 2,
    problem: undefined,
    requestId: undefined,
    route: '/v1/completions',
    status: 200,
    usage: undefined,
  }
  metrics.observer.ended?.(report)
  metrics.observer.alarmed?.('exit')
  metrics.observer.stored?.(4, false)
  const { value } = await read(metrics)
  expect(value('aitoken_stream_pauses_total')).toBe(2)
  expect(value('aitoken_stream_pause_seconds_total')).toBe(1.5)
  expect(value('aitoken_alarms_total', { kind: 'exit' })).toBe(1)
  expect(value('aitoken_store_seconds_count', { result: 'failed' })).toBe(1)
})

test('behavior: measures calls to the chain, also those that fail', async () => {
  const metrics = createMetrics()
  const { chain } = clientOf(bob)
  const measured = createClient({ chain, transport: metrics.transport(http(rpcUrl)) })
  expect(await getBlockNumber(measured)).toBe(await getBlockNumber(client))
  await measured.request({ method: 'eth_nonsense' as 'eth_chainId' }).catch(() => undefined)
  const { value } = await read(metrics)
  expect(value('aitoken_rpc_seconds_count', { method: 'eth_blockNumber', result: 'ok' })).toBe(1)
  expect(value('aitoken_rpc_seconds_count', { result: 'failed' })).toBe(1)
})

test('behavior: two providers of a process do not share a registry', async () => {
  const [one, other] = [createMetrics({ runtime: true }), createMetrics({ runtime: true })]
  one.observer.alarmed?.('exit')
  expect((await read(other)).value('aitoken_alarms_total', { kind: 'exit' })).toBeUndefined()
  expect((await read(one)).value('nodejs_eventloop_lag_seconds')).toBeDefined()
})
