import { confirm } from '@aitoken/core'
import { expect, test } from 'vitest'
import { bob, carol, clientOf, deployment, isolate, keys, rpcUrl } from '~test/anvil.js'

import { setOperator } from '../settlement/setOperator.js'
import type { GatewayConfig } from './config.js'
import { toBanner } from './describeGateway.js'
import { openStore } from './openStore.js'
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

test('behavior: the banner tells prices per token and per request apart', async () => {
  const price = { input: '0.2', output: '0.6', request: '0.01' }
  const [model] = config.models
  const gateway = await start({ models: model ? [{ ...model, price }] : [], payee: carol.address })
  expect(toBanner(gateway.info)).toContain(
    'shakespeare: input 0.2, output 0.6 AIT per million tokens, and 0.01 AIT per request\n',
  )
  await gateway.stop()
})
