import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

import { GatewayConfigError } from './errors.js'
import { openMetrics } from './openMetrics.js'
import { openModels } from './openModels.js'
import { openStore } from './openStore.js'
import { readArguments } from './readArguments.js'
import { readConfig } from './readConfig.js'
import { readSecret } from './readSecret.js'

const folder = mkdtempSync(join(tmpdir(), 'aitoken-config-'))
afterAll(() => rmSync(folder, { recursive: true }))

const model = {
  id: 'llama3',
  price: { input: '0.2', output: '0.6' },
  upstream: { apiKey: { env: 'KEY' }, url: 'http://localhost:11434/v1' },
}
const whole = {
  account: { env: 'PRIVATE_KEY' },
  chain: { id: 31337, rpc: { env: 'RPC_URL' } },
  cors: ['https://app.example'],
  journal: { enabled: true, ttl: 60_000 },
  limits: { creditWindow: '0.01', safetyMargin: '0.1', streamWindow: 32 },
  listen: { host: '::1', port: 0 },
  log: { level: 'warn' },
  metrics: { runtime: false, token: { file: '/run/secrets/metrics' } },
  models: [
    { ...model, allowFields: ['service_tier'], upstream: { ...model.upstream, limitName: 'max_tokens' } },
  ],
  providerId: 7,
  shutdownTimeout: 5_000,
  store: 'sqlite:./books.db',
  watch: { maxGasGwei: '30', nativePrice: '2000', nodes: [{ env: 'SECOND_NODE' }] },
}

function write(value: unknown, name = 'config.json'): string {
  const path = join(folder, name)
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value), { mode: 0o600 })
  return path
}

/** What is complained about. */
async function complain(reading: Promise<unknown>): Promise<{ field: string; message: string }> {
  const error = await reading.catch((thrown: unknown) => thrown)
  if (!(error instanceof GatewayConfigError)) throw error
  return { field: error.field, message: error.message }
}

const serve = (...args: readonly string[]) => {
  const parsed = readArguments(['serve', ...args])
  if (parsed.command !== 'serve') throw new TypeError(parsed.command)
  return parsed
}

test('default', async () => {
  expect(await readConfig({ flags: {}, path: write(whole) })).toEqual(whole)
})

test('behavior: flags come before the file, and lists are not mixed', async () => {
  const { flags } = serve(
    ...['--port', '80', '--rpc', 'http://node', '--model', 'a', '--upstream', 'builtin:shakespeare'],
    ...[
      '--price',
      'input=1, output=2,request=0.5',
      '--key-file',
      './key',
      '--log-level',
      'debug',
      '--metrics',
    ],
  )
  expect(await readConfig({ flags, path: write(whole) })).toEqual({
    ...whole,
    account: { file: './key' },
    chain: { id: 31337, rpc: 'http://node' },
    listen: { host: '::1', port: 80 },
    log: { level: 'debug' },
    metrics: { ...whole.metrics, public: true },
    models: [
      {
        id: 'a',
        price: { input: '1', output: '2', request: '0.5' },
        upstream: { url: 'builtin:shakespeare' },
      },
    ],
  })
})

test.each([
  ['account', { ...whole, account: 'canary' }],
  ['account', { ...whole, account: { env: 'A', file: 'b' } }],
  ['chain.rpc', { ...whole, chain: {} }],
  ['chain.rpc', { ...whole, chain: undefined }],
  ['chain.rpc', { ...whole, chain: { rpc: 7 } }],
  ['chain.id', { ...whole, chain: { ...whole.chain, id: '1' } }],
  ['chain.token', { ...whole, chain: { ...whole.chain, token: '0x12' } }],
  ['cors', { ...whole, cors: 'https://app.example' }],
  ['limits.safetyMargin', { ...whole, limits: { safetyMargin: 0.1 } }],
  ['limits.streamWindow', { ...whole, limits: { streamWindow: 0 } }],
  ['limits.steamWindow', { ...whole, limits: { steamWindow: 1 } }],
  ['journal.ttl', { ...whole, journal: { ttl: 0 } }],
  ['listen.port', { ...whole, listen: { port: 65_536 } }],
  ['log.level', { ...whole, log: { level: 'loud' } }],
  ['metrics.token', { ...whole, metrics: { token: 'canary' } }],
  ['models', { ...whole, models: [] }],
  ['models', { ...whole, models: undefined }],
  ['models[0].id', { ...whole, models: [{ ...model, id: '' }] }],
  ['models[0].maxOutputTokens', { ...whole, models: [{ ...model, maxOutputTokens: 1.5 }] }],
  ['models[0].price.output', { ...whole, models: [{ ...model, price: { input: '1' } }] }],
  ['models[0].price.input', { ...whole, models: [{ ...model, price: { input: '-1', output: '1' } }] }],
  [
    'models[1].upstream.apiKey',
    { ...whole, models: [model, { ...model, upstream: { apiKey: 'canary', url: 'x' } }] },
  ],
  ['models[0].upstream.url', { ...whole, models: [{ ...model, upstream: {} }] }],
  ['payee', { ...whole, payee: 'carol' }],
  ['privateKey', { ...whole, privateKey: 'canary' }],
  ['providerId', { ...whole, providerId: 0 }],
  ['shutdownTimeout', { ...whole, shutdownTimeout: -1 }],
  ['store', { ...whole, store: '' }],
  ['watch', { ...whole, watch: false }],
  ['watch.interval', { ...whole, watch: { interval: '5s' } }],
])('error: GatewayConfigError names %s', async (field, config) => {
  const complaint = await complain(readConfig({ flags: {}, path: write(config) }))
  expect(complaint.field).toBe(field)
  expect(complaint.message).toContain(`\`${field}\``)
  expect(complaint.message).not.toContain('canary')
})

test('error: GatewayConfigError for files that are none', async () => {
  for (const path of [
    join(folder, 'missing.json'),
    write('{ "sk-canary', 'cut.json'),
    write([], 'list.json'),
  ]) {
    const complaint = await complain(readConfig({ flags: {}, path }))
    expect(complaint.field).toBe('--config')
    expect(complaint.message).not.toContain('canary')
  }
})

test('error: GatewayConfigError for what the command line says', () => {
  const reads =
    (...args: string[]) =>
    () =>
      readArguments(args)
  for (const args of [
    ['sell'],
    ['serve', '--bogus'],
    ['serve', '--port'],
    ['serve', '--price', 'cheap'],
    ['--json'],
  ])
    expect(reads(...args)).toThrow(GatewayConfigError)
  expect(reads('serve', 'canary')).not.toThrow('canary')
  expect(readArguments([])).toEqual({ command: 'help' })
  expect(readArguments(['serve', '-h'])).toEqual({ command: 'help' })
  expect(readArguments(['--version'])).toEqual({ command: 'version' })
})

test('behavior: secrets come from the environment or from files of their owner alone', async () => {
  const parameters = { env: { EMPTY: ' ', KEY: ' sk-1 ' }, field: 'account' }
  const file = write('sk-2\n', 'key')
  expect(await readSecret({ env: 'KEY' }, parameters)).toBe('sk-1')
  expect(await readSecret({ file }, parameters)).toBe('sk-2')
  chmodSync(file, 0o640)
  for (const secret of [{ env: 'EMPTY' }, { env: 'MISSING' }, { file }, { file: join(folder, 'none') }])
    expect((await complain(readSecret(secret, parameters))).field).toBe('account')
})

test('behavior: metrics are for those that somebody named', async () => {
  expect(await openMetrics(undefined, {})).toBeUndefined()
  expect(await openMetrics({}, { AITOKEN_METRICS_TOKEN: 'a' })).toBeDefined()
  expect(await openMetrics({ public: true, runtime: false }, {})).toBeDefined()
})

test('error: GatewayConfigError for models and stores that cannot be opened', async () => {
  const open = (changed: object, decimals = 6) =>
    openModels([{ ...model, ...changed }], { decimals, env: { KEY: 'sk' } })
  const [opened] = await open({ price: { input: '0.2', output: '0.000001', request: '1' } })
  expect(opened?.prices).toEqual({ input: 200_000n, output: 1n, request: 1_000_000n })
  const deep = await complain(open({ price: { input: '0.2', output: '0.0000001' } }))
  expect(deep.field).toBe('models[0].price.output')
  expect((await complain(open({ upstream: { url: 'localhost' } }))).field).toBe('models[0].upstream.url')
  const store = await complain(openStore('mysql://user:canary@host'))
  expect(store.field).toBe('store')
  expect(store.message).not.toContain('canary')
})
