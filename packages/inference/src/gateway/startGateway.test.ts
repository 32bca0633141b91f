import { confirm } from '@aitoken/core'
import { expect, test } from 'vitest'
import { bob, carol, clientOf, deployment, isolate, keys, rpcUrl } from '~test/anvil.js'

import { setOperator } from '../settlement/setOperator.js'
import type { GatewayConfig } from './config.js'
import { toBanner } from './describeGateway.js'
import { help } from './help.js'
import { openStore } from './openStore.js'
import { readArguments } from './readArguments.js'
import { readConfig } from './readConfig.js'
import { startGateway } from './startGateway.js'

isolate()

const { aiToken: token, paymentChannels: channels } = deployment
const silent = { error: () => undefined, info: () => undefined, warn: () => undefined }
const config: GatewayConfig = {
  account: { env: 'KEY' },
  chain: { channels, id: 31337, rpc: rpcUrl, token },
  listen: { port: 0 },
  models: [
    { id: 'shakespeare', price: { input: '0.2', output: '0.6' }, upstream: { url: 'builtin:shakespeare' } },
  ],
  payee: bob.address,
  store: 'memory',
  watch: { enabled: false },
}
const start = (changes: Partial<GatewayConfig> = {}) =>
  startGateway({ ...config, ...changes }, { env: { KEY: keys.carol }, log: silent })

test('default', async () => {
  const hash = await setOperator(clientOf(bob), { approved: true, channels, operator: carol.address })
  await confirm(clientOf(bob), { hash })
  const gateway = await start()
  expect(gateway.info.payee).toBe(bob.address)
  await gateway.stop()
})

test('error: GatewayConfigError for a payee that never let the account settle', async () => {
  await expect(start()).rejects.toMatchObject({ field: 'payee', name: 'GatewayConfigError' })
})

test.each([
  ['a PostgreSQL that is not there', 'postgres://carol:canary@127.0.0.1:1/books'],
  ['a folder that is not there', 'sqlite:/nowhere/at/all/books.db'],
])('error: GatewayStartError for %s, before anything is sold', async (_, address) => {
  const error = await openStore(address).catch((error: unknown) => error)
  expect(error).toMatchObject({ name: 'GatewayStartError' })
  expect(String(error)).not.toMatch(/canary/)
})

test('error: GatewayConfigError for a model that is listed twice', async () => {
  const { models } = config
  await expect(start({ models: [...models, ...models], payee: carol.address })).rejects.toMatchObject({
    field: 'models[1].id',
    name: 'GatewayConfigError',
    shortMessage: '`models[1].id` is "shakespeare".',
  })
})

test('error: GatewayConfigError for a token and channels that are confused', async () => {
  const swapped = { channels: token, id: 31337, rpc: rpcUrl, token: channels }
  await expect(start({ chain: swapped, payee: carol.address })).rejects.toMatchObject({
    field: 'chain.token',
    hints: [expect.stringMatching(/swap them/)],
    name: 'GatewayConfigError',
  })
  // Two names for one contract are another mistake.
  await expect(start({ chain: { ...swapped, token }, payee: carol.address })).rejects.toMatchObject({
    name: 'GatewayStartError',
    shortMessage: 'The chain did not answer for `chain.channels`.',
  })
})

test('error: GatewayConfigError for an address that cannot be listened on', async () => {
  const first = await start({ payee: carol.address })
  const port = Number(new URL(first.info.url).port)
  for (const [field, listen] of [
    ['listen.port', { port }],
    ['listen.host', { host: '192.0.2.1', port: 0 }],
  ] as const)
    await expect(start({ listen, payee: carol.address, watch: {} })).rejects.toMatchObject({
      field,
      name: 'GatewayConfigError',
    })
  await first.stop()
})

test('behavior: the example of `--help` starts a gateway as it is written', async () => {
  const [, example = ''] = /^ {2}aitoken-inference (serve [\s\S]*?)\n\n/m.exec(help) ?? []
  const parsed = readArguments(example.replaceAll('\\\n', '').split(/\s+/))
  if (parsed.command !== 'serve') throw new TypeError(parsed.command)
  const read = await readConfig({ flags: parsed.flags, path: parsed.config })
  expect(Object.keys(read.chain).sort()).toEqual(['channels', 'rpc', 'token'])
  // What is not the reader's chain is this test's.
  const { chain, listen, payee: _, store } = config
  const env = { AITOKEN_PRIVATE_KEY: keys.carol }
  const gateway = await startGateway({ ...read, chain, listen, store }, { env, log: silent })
  expect(gateway.info.models.map(({ id }) => id)).toEqual(['llama3'])
  await gateway.stop()
})

test('behavior: the banner tells prices per token and per request apart', async () => {
  const price = { input: '0.2', output: '0.6', request: '0.01' }
  const [model] = config.models
  const gateway = await start({ models: model ? [{ ...model, price }] : [], payee: carol.address })
  expect(toBanner(gateway.info)).toContain(
    'shakespeare: input 0.2, output 0.6 AIT per million tokens, and 0.01 AIT per request\n',
  )
  await gateway.stop()
})
