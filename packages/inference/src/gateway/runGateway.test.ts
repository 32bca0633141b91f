import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createNgramUpstream, loadShakespeare } from '@aitoken/inference/ngram'
import { createSqliteStore } from '@aitoken/inference/sqlite'
import { parseEther } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { afterAll, afterEach, expect, test } from 'vitest'
import { client, deployment, isolate, keys, rpcUrl } from '~test/anvil.js'
import { type SpawnedGateway, spawnGateway } from '~test/gateway.js'
import { ask, hireBob, listen } from '~test/market.js'
import { readMetrics } from '~test/readMetrics.js'

import { getChannel } from '../channel/getChannel.js'
import type { Ledger } from '../ledger/ledger.js'
import { decodeProblem } from '../wire/problemDocument.js'

const secrets = { upstream: 'sk-canary-upstream', metrics: 'canary-metrics-token' }
const folder = mkdtempSync(join(tmpdir(), 'aitoken-gateway-'))
const model = createNgramUpstream({ model: await loadShakespeare(), name: 'bard' })

/** What holds the model back in the middle of a stream; open when undefined. */
let gate: Promise<void> | undefined
const upstream = await listen(async (request) => {
  if (request.headers.get('authorization') !== `Bearer ${secrets.upstream}`)
    return Response.json({ error: { message: `Bad key ${secrets.upstream}` } }, { status: 401 })
  const response = await model.fetch(request)
  let events = 0
  const slowly = new TransformStream<Uint8Array, Uint8Array>({
    async transform(chunk, controller) {
      if (++events > 2) await gate
      controller.enqueue(chunk)
    },
  })
  return new Response(response.body?.pipeThrough(slowly), response)
})

let gateway: SpawnedGateway | undefined
afterEach(async () => {
  gate = undefined
  gateway?.child.kill('SIGKILL')
  await gateway?.exited
})
afterAll(async () => {
  await upstream.close()
  rmSync(folder, { recursive: true })
})
isolate()

const flags = [
  ...['serve', '--upstream', `${upstream.url}/v1`, '--upstream-key-env', 'UPSTREAM_KEY'],
  ...['--model', 'shakespeare', '--upstream-model', 'bard', '--price', 'input=0.2,output=0.6'],
  ...['--rpc', rpcUrl, '--chain', '31337', '--token', deployment.aiToken],
  ...['--channels', deployment.paymentChannels, '--port', '0'],
]
const env = {
  AITOKEN_METRICS_TOKEN: secrets.metrics,
  AITOKEN_PRIVATE_KEY: keys.carol,
  UPSTREAM_KEY: secrets.upstream,
}

async function start(store: string, environment: Record<string, string> = env) {
  gateway = spawnGateway([...flags, '--store', store], environment)
  const { url } = await gateway.saw('serving')
  return { gateway, url: String(url) }
}

/** A promise that waits to be kept. */
function createGate() {
  let open: (() => void) | undefined
  const promise = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open: () => open?.(), promise }
}

const scrape = async (url: string) => {
  const headers = { authorization: `Bearer ${secrets.metrics}` }
  return readMetrics(await (await fetch(`${url}/metrics`, { headers })).text())
}

/** Nothing that is secret, asked, answered or signed is ever written. */
function expectDiscretion(output: string, texts: readonly string[]): void {
  for (const secret of [...Object.values(secrets), keys.carol, keys.carol.slice(2), ...texts])
    expect(output).not.toContain(secret)
  expect(output).not.toMatch(/0x[\da-f]{100,}|authorization|bearer|\n +at /i)
}

test('default', { timeout: 30_000 }, async () => {
  const path = join(folder, 'books.db')
  const { gateway, url } = await start(`sqlite:${path}`)
  const consumer = await hireBob()
  const prompt = 'Enter CANARY, with a canary prompt.'
  const whole = await consumer.fetch(`${url}/v1/completions`, ask({ prompt }))
  const answer = (await whole.json()).choices[0].text
  expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ chain: 'ok', status: 'ok', store: 'ok' })

  // A stream is on its way when the gateway is told to stop.
  const { open, promise } = createGate()
  gate = promise
  const streamed = await consumer.fetch(
    `${url}/v1/completions`,
    ask({ max_tokens: 400, prompt, stream: true }),
  )
  const reader = streamed.body?.getReader()
  const first = await reader?.read()
  const metrics = await scrape(url)
  gateway.child.kill('SIGTERM')
  await gateway.saw('draining')
  const health = await fetch(`${url}/healthz`)
  expect([health.status, (await health.json()).status]).toEqual([503, 'draining'])
  const headers = { 'ai-payment': 'v1.CANARY' }
  const refused = await fetch(`${url}/v1/completions`, { ...ask(), headers })
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
  expect(decodeProblem(await refused.json())?.name).toBe('ProviderDrainingError')

  open()
  let text = new TextDecoder().decode(first?.value)
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read())
    text += new TextDecoder().decode(part.value)
  expect(text).toContain('data: [DONE]')
  expect(await gateway.exited).toBe(0)

  const books = createSqliteStore({ path })
  const ledgers: Ledger[] = []
  for await (const book of books.list()) ledgers.push(book)
  await books.close()
  const [ledger] = ledgers
  expect(ledger?.spent).toBe(consumer.spent())
  const { channelId = '0x' } = ledger ?? {}
  const { settled } = await getChannel(client, { channelId, channels: deployment.paymentChannels })
  expect(settled).toBe(consumer.spent())
  expect(await gateway.saw('stopped')).toMatchObject({ paid: settled.toString(), settled: 1, stopped: 0 })

  const paid = { model: 'shakespeare', outcome: 'complete', route: '/v1/completions' }
  expect(metrics.value('aitoken_requests_total', paid)).toBe(1)
  expect(metrics.value('aitoken_streams', { state: 'running' })).toBe(1)
  expect(metrics.value('aitoken_channels', { status: 'open' })).toBe(1)
  expect(metrics.value('aitoken_signature_checks_total', { result: 'valid' })).toBeGreaterThan(0)
  expect(metrics.value('aitoken_rpc_seconds_count', { method: 'eth_call', result: 'ok' })).toBeGreaterThan(0)
  const lines = text.split('\n').filter((line) => line.startsWith('data: {'))
  const words = lines.map((line) => JSON.parse(line.slice(6)).choices?.[0]?.text ?? '').join('')
  expectDiscretion(gateway.output(), ['CANARY', answer.slice(0, 30), words.slice(0, 30)])
})

test('behavior: a failing upstream is told without its secrets', { timeout: 30_000 }, async () => {
  const { gateway, url } = await start('memory', { ...env, UPSTREAM_KEY: 'sk-canary-wrong' })
  const consumer = await hireBob()
  const refused = await consumer.fetch(`${url}/v1/completions`, ask()).catch((error: unknown) => error)
  expect(refused).toMatchObject({ name: 'UpstreamError' })
  const nonsense = await fetch(`${url}/v1/completions`, {
    body: 'CANARY',
    headers: { 'ai-payment': 'v1.CANARY' },
    method: 'POST',
  })
  expect(decodeProblem(await nonsense.json())?.name).toBe('PaymentHeaderError')
  expect(JSON.stringify(await gateway.saw('failure'))).toContain('401')
  expect((await fetch(`${url}/metrics`)).status).toBe(401)
  const metrics = await scrape(url)
  const failed = { problem: 'upstream-failed', route: '/v1/completions' }
  expect(metrics.value('aitoken_problems_total', failed)).toBe(1)
  gateway.child.kill('SIGINT')
  expect(await gateway.exited).toBe(0)
  expectDiscretion(gateway.output(), ['CANARY', 'sk-canary-wrong'])
})

test('behavior: a second signal ends at once', { timeout: 30_000 }, async () => {
  const { gateway, url } = await start('memory')
  const consumer = await hireBob()
  gate = new Promise(() => undefined)
  const streamed = await consumer.fetch(`${url}/v1/completions`, ask({ max_tokens: 400, stream: true }))
  await streamed.body?.getReader().read()
  gateway.child.kill('SIGTERM')
  await gateway.saw('draining')
  gateway.child.kill('SIGTERM')
  expect(await gateway.exited).toBe(130)
})

test('behavior: a stream that does not end in time is charged for what was delivered', {
  timeout: 30_000,
}, async () => {
  gateway = spawnGateway([...flags, '--store', 'memory', '--shutdown-timeout', '1'], env)
  const url = String((await gateway.saw('serving')).url)
  const consumer = await hireBob()
  gate = new Promise(() => undefined)
  const streamed = await consumer.fetch(`${url}/v1/completions`, ask({ max_tokens: 400, stream: true }))
  gateway.child.kill('SIGTERM')
  await streamed.text().catch(() => undefined)
  expect(await gateway.exited).toBe(0)
  const stopped = await gateway.saw('stopped')
  expect(stopped).toMatchObject({ settled: 1, stopped: 1 })
  expect(BigInt(String(stopped.paid))).toBeGreaterThan(0n)
  expect(BigInt(String(stopped.paid))).toBeLessThan(parseEther('0.001'))
  expect(stopped.paid).toBe(consumer.spent().toString())
})

test('error: what cannot work ends with 2, what does not answer with 1', { timeout: 30_000 }, async () => {
  const wrong = spawnGateway([...flags, '--price', 'input=1'], env)
  const silent = spawnGateway([...flags, '--rpc', 'http://user:canary@127.0.0.1:9/canary'], env)
  // The provider itself refuses prices that no charge can hold.
  const dear = spawnGateway(
    [...flags, '--price', `input=1,output=1${'0'.repeat(29)}`, '--store', 'memory'],
    env,
  )
  expect([await wrong.exited, await silent.exited, await dear.exited]).toEqual([2, 1, 2])
  expect(wrong.output()).toContain('`models[0].price.output` is missing')
  expect(silent.output()).not.toContain('canary')
})

test('error: a port that is taken is named, and ends with 2', { timeout: 30_000 }, async () => {
  const { url } = await start('memory')
  const second = spawnGateway([...flags, '--store', 'memory', '--port', new URL(url).port], env)
  expect(await second.exited).toBe(2)
  expect(second.output()).toContain(`\`listen.port\` is ${new URL(url).port}.`)
  expect(second.output()).toContain(`another program listens on ${new URL(url).host}`)
})

test('error: what is left unsettled ends with 1', { timeout: 30_000 }, async () => {
  const { gateway, url } = await start('memory')
  const consumer = await hireBob()
  expect((await consumer.fetch(`${url}/v1/completions`, ask())).status).toBe(200)
  // Carol cannot pay for gas any more.
  const { address } = privateKeyToAccount(keys.carol)
  await client.setBalance({ address, value: 0n })
  gateway.child.kill('SIGTERM')
  expect(await gateway.exited).toBe(1)
  expect(gateway.output()).toContain('"alarm":"unsettled"')
})
