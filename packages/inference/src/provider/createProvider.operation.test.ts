import { createClient, http } from 'viem'
import { anvil } from 'viem/chains'
import { expect, test } from 'vitest'
import { carol, client, deployment, isolate } from '~test/anvil.js'
import { ask, hireBob, openShop, shakespeare } from '~test/market.js'
import { openPayer } from '~test/payer.js'

import { getChannel } from '../channel/getChannel.js'
import { createMemoryStore } from '../store/createMemoryStore.js'
import type { LedgerStore } from '../store/store.js'
import type { Upstream } from '../upstream/upstream.js'
import { decodeProblem } from '../wire/problemDocument.js'
import { describeError } from './logRequest.js'
import type { Log, RequestReport } from './observer.js'

isolate()

/** Keeps what is logged. */
function createRecorder() {
  const lines: { fields: object; level: string; message: string }[] = []
  const at = (level: string) => (fields: object, message: string) =>
    void lines.push({ fields, level, message })
  return { lines, log: { error: at('error'), info: at('info'), warn: at('warn') } satisfies Log }
}

const health = async (url: string) => {
  const response = await fetch(`${url}/healthz`)
  return { ...(await response.json()), code: response.status }
}

test('default', async () => {
  const reports: RequestReport[] = []
  const { lines, log } = createRecorder()
  const shop = await openShop({ log, observer: { ended: (report) => reports.push(report) } })
  const consumer = await hireBob()
  await (await consumer.fetch(`${shop.url}/v1/completions`, ask({ prompt: 'CANARY' }))).text()
  await (await consumer.fetch(`${shop.url}/v1/completions`, ask({ prompt: 'CANARY', stream: true }))).text()
  await fetch(`${shop.url}/v1/completions`, { ...ask(), headers: { 'ai-payment': 'v1.CANARY' } })

  const paid = reports.filter(({ model }) => model === 'shakespeare')
  expect(paid.map(({ outcome }) => outcome)).toEqual(['complete', 'complete'])
  expect(paid.reduce((sum, { charge }) => sum + charge, 0n)).toBe(consumer.spent())
  for (const { durationMs, firstByteMs, overheadMs = Number.NaN } of paid) {
    expect(overheadMs).toBeLessThanOrEqual(firstByteMs)
    expect(firstByteMs).toBeLessThanOrEqual(durationMs)
  }
  expect(lines.at(-1)).toMatchObject({
    fields: { charge: '0', outcome: 'refused', problem: 'payment-header', status: 400 },
    level: 'info',
  })
  expect(lines.some(({ fields }) => 'outputTokens' in fields && 'channel' in fields)).toBe(true)
  expect(JSON.stringify(lines)).not.toMatch(/CANARY|0x[\da-f]{64}/)
  await shop.close()
})

test('behavior: a payer that leaves before a whole answer is no failure', async () => {
  const reports: RequestReport[] = []
  const { lines, log } = createRecorder()
  let asked = 0
  const silent: Upstream = {
    fetch(_, { signal }) {
      asked++
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    },
  }
  const shop = await openShop({
    log,
    observer: { ended: (report) => reports.push(report) },
    upstream: silent,
  })
  const { pay } = await openPayer(shop.provider)
  for (const [index, key] of [undefined, 'first'].entries()) {
    const leaving = new AbortController()
    const headers = {
      'ai-payment': await pay(BigInt(index + 1) * 10n ** 12n),
      ...(key && { 'idempotency-key': key }),
    }
    const { signal } = leaving
    const answer = fetch(`${shop.url}/v1/completions`, { ...ask(), headers, signal })
    await expect.poll(() => asked).toBe(index + 1)
    leaving.abort()
    await expect(answer).rejects.toThrow('aborted')
    const left = { outcome: 'cancelled', problem: undefined, status: 499 }
    await expect
      .poll(() => reports.filter(({ model }) => model)[index], { timeout: 5_000 })
      .toMatchObject(left)
  }
  expect(lines.map(({ level }) => level)).not.toContain('error')
  expect(lines.at(-1)).toMatchObject({ fields: { outcome: 'cancelled', status: 499 }, level: 'info' })
  expect(shop.failures).toEqual([])
  await shop.close()
})

test('behavior: flush ends what runs, settles it and closes the store', async () => {
  let closed = 0
  const store = createMemoryStore()
  const shop = await openShop({ store: { ...store, close: async () => void closed++ } })
  const consumer = await hireBob()
  const streamed = await consumer.fetch(`${shop.url}/v1/completions`, ask({ max_tokens: 200, stream: true }))
  const flushing = shop.provider.flush()
  expect(await health(shop.url)).toMatchObject({ code: 503, status: 'draining' })
  const refused = await fetch(`${shop.url}/v1/completions`, { ...ask(), headers: { 'ai-payment': 'v1.x' } })
  expect(refused.headers.get('retry-after')).toBe('5')
  expect(decodeProblem(await refused.json())?.name).toBe('ProviderDrainingError')
  expect(await streamed.text()).toContain('[DONE]')

  const { paid, stopped } = await flushing
  const { channelId } = await consumer.channel(shop.url)
  const { settled } = await getChannel(client, { channelId, channels: deployment.paymentChannels })
  expect([paid.get(channelId), settled, stopped, closed]).toEqual([consumer.spent(), consumer.spent(), 0, 1])
  expect(shop.failures).toEqual([])
  await shop.close()
})

test('behavior: with notice, what comes before the refusal is served', async () => {
  const shop = await openShop()
  const consumer = await hireBob()
  await consumer.channel(shop.url)
  const flushing = shop.provider.flush({ notice: 1_000 })
  expect(await health(shop.url)).toMatchObject({ code: 503, status: 'draining' })
  expect((await consumer.fetch(`${shop.url}/v1/completions`, ask())).status).toBe(200)
  expect((await flushing).paid.size).toBe(1)
  expect(
    (await fetch(`${shop.url}/v1/completions`, { ...ask(), headers: { 'ai-payment': 'x' } })).status,
  ).toBe(503)
  await shop.close()
})

test('error: flush takes no time that is none', async () => {
  const shop = await openShop()
  await expect(shop.provider.flush({ timeout: -1 })).rejects.toMatchObject({ name: 'ProviderOptionError' })
  await expect(shop.provider.flush({ timeout: Number.NaN })).rejects.toMatchObject({
    name: 'ProviderOptionError',
  })
  expect(await health(shop.url)).toEqual({ chain: 'ok', code: 200, status: 'ok', store: 'ok' })
  await shop.close()
})

test('behavior: health asks store and chain once for many, and says which of them is gone', async () => {
  let asked = 0
  const memory = createMemoryStore()
  const counted: LedgerStore = {
    ...memory,
    transact: (channelId, fn) => {
      asked++
      return memory.transact(channelId, fn)
    },
  }
  const shop = await openShop({ store: counted })
  const answers = await Promise.all(Array.from({ length: 50 }, () => health(shop.url)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['ok']))
  expect(asked).toBe(1)
  await shop.close()

  const dead = createClient({
    account: carol,
    chain: anvil,
    transport: http('http://127.0.0.1:9/canary', { retryCount: 0 }),
  })
  const broken: LedgerStore = {
    ...memory,
    transact: () => Promise.reject(new TypeError('postgres://user:canary@host')),
  }
  const upstream = await shakespeare()
  const lost = await openShop({ client: dead, upstream })
  expect(await health(lost.url)).toEqual({ chain: 'unreachable', code: 200, status: 'degraded', store: 'ok' })
  await lost.close()
  const failing = await openShop({ store: broken, upstream })
  expect(await health(failing.url)).toEqual({
    chain: 'ok',
    code: 503,
    status: 'failing',
    store: 'unreachable',
  })
  await failing.close()
})

test('behavior: failures are described without what they quote', () => {
  const cause = Object.assign(new Error('connect https://node/canary'), { code: 'ECONNREFUSED' })
  expect(describeError(cause)).toBe('Error ECONNREFUSED')
  expect(describeError(Object.assign(new TypeError('canary'), { code: 'canary', status: 401 }))).toBe(
    'TypeError 401',
  )
  for (const odd of ['canary', { message: 'canary' }, null, undefined])
    expect(describeError(odd)).not.toContain('canary')
})
