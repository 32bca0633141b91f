import { createClient, http } from 'viem'
import { anvil } from 'viem/chains'
import { expect, test } from 'vitest'
import { client, deployment, rpcUrl } from '~test/anvil.js'

import { createAitoken } from '../client/createAitoken.js'
import { ChainNotSupportedError } from '../errors/ChainNotSupportedError.js'
import { InvalidArgumentError } from '../errors/InvalidArgumentError.js'
import { addressOf } from './addressOf.js'
import { parseDeployments } from './parseDeployments.js'
import { withDeployment } from './withDeployment.js'

test('default', () => {
  const chain = withDeployment(anvil, deployment)
  const known = createClient({ chain, transport: http(rpcUrl) })
  for (const name of ['accessManager', 'aiToken', 'paymentChannels', 'providerRegistry'] as const)
    expect(addressOf(known, name)).toBe(deployment[name])
})

test('behavior: a chain keeps the contracts it had', () => {
  const multicall3 = { address: deployment.aiToken }
  const chain = withDeployment({ ...anvil, contracts: { multicall3 } }, { aiToken: deployment.aiToken })
  expect(chain.contracts).toEqual({ aiToken: { address: deployment.aiToken }, multicall3 })
})

test('behavior: createAitoken finds its token', async () => {
  const parameters = { chain: anvil, transport: http(rpcUrl) }
  for (const known of [{ deployment }, { token: deployment.aiToken }])
    expect(await createAitoken({ ...parameters, ...known }).ait.getMetadata()).toEqual({
      decimals: 18,
      name: 'AI Token',
      symbol: 'AIT',
    })
})

test('behavior: records are parsed', () => {
  expect(parseDeployments(JSON.parse(JSON.stringify({ 31337: deployment })))).toEqual({ 31337: deployment })
  expect(parseDeployments({})).toEqual({})
})

test('error: InvalidArgumentError', () => {
  for (const value of [
    null,
    [],
    'x',
    { base: deployment },
    { 0: deployment },
    { 31337: { ...deployment, aiToken: '0x12' } },
    { 31337: { aiToken: deployment.aiToken } },
    { 31337: { ...deployment, other: deployment.aiToken } },
    { 31337: { ...deployment, toString: deployment.aiToken } },
    { 31337: [] },
  ])
    expect(() => parseDeployments(value)).toThrow(InvalidArgumentError)
})

test('error: ChainNotSupportedError', () => {
  expect(() => addressOf(client, 'aiToken')).toThrow(ChainNotSupportedError)
})
