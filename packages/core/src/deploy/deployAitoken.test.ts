import { parseEther } from 'viem'
import { expect, test } from 'vitest'

import { alice, bob, client, clientOf, deployment, isolate } from '~test/anvil.js'

import { InvalidArgumentError } from '../errors/InvalidArgumentError.js'
import { InvalidCapError, InvalidTokenNameError } from '../token/errors.js'
import { deployAitoken } from './deployAitoken.js'
import { DeployerMissingError, DeploymentFailedError } from './errors.js'
import { deployer } from './plan.js'
import { predictDeployment } from './predictDeployment.js'

const salt = `0x${'42'.repeat(32)}` as const

isolate()

test('default', async () => {
  const { contracts, transactions } = await deployAitoken(client, { salt })

  expect(transactions.map(({ name }) => name)).toEqual([
    'accessManager',
    'aiToken',
    'paymentChannels',
    'providerRegistry',
  ])
  for (const { gasUsed } of transactions) expect(gasUsed).toBeGreaterThan(0n)
  for (const address of Object.values(contracts)) expect(await client.getCode({ address })).toMatch(/^0x6080/)
  expect(contracts).toEqual(predictDeployment({ admin: alice.address, salt }))
})

test('behavior: what is there is left as it is', async () => {
  const again = await deployAitoken(client, { token: { supply: parseEther('1000000000') } })

  expect(again).toEqual({ contracts: deployment, transactions: [] })
})

test('behavior: an interrupted deployment is finished by another account', async () => {
  const parameters = { admin: alice.address, salt }
  const [first] = (await deployAitoken(client, parameters)).transactions
  await client.setCode({ address: predictDeployment(parameters).paymentChannels, bytecode: '0x' })
  await client.setNonce({ address: predictDeployment(parameters).paymentChannels, nonce: 0 })

  const { transactions } = await deployAitoken(clientOf(bob), parameters)
  expect(transactions.map(({ name }) => name)).toEqual(['paymentChannels'])
  expect(first?.name).toBe('accessManager')
})

test('behavior: every parameter moves the address', () => {
  const base = { admin: alice.address }
  const { aiToken } = predictDeployment(base)

  expect(
    predictDeployment({ ...base, token: { holder: alice.address, name: 'AI Token', symbol: 'AIT' } }).aiToken,
  ).toBe(aiToken)
  for (const parameters of [
    { admin: bob.address },
    { ...base, salt },
    { ...base, token: { cap: 1n } },
    { ...base, token: { holder: bob.address } },
    { ...base, token: { name: 'Other' } },
    { ...base, token: { supply: 1n } },
    { ...base, token: { symbol: 'OTH' } },
  ])
    expect(predictDeployment(parameters).aiToken).not.toBe(aiToken)
  const patient = predictDeployment({ ...base, registry: { unbondingDelay: 30 * 86_400 } })
  expect(patient.aiToken).toBe(aiToken)
  expect(patient.providerRegistry).not.toBe(predictDeployment(base).providerRegistry)
})

test('error: DeployerMissingError', async () => {
  await client.setCode({ address: deployer, bytecode: '0x' })
  await expect(deployAitoken(client, { salt })).rejects.toBeInstanceOf(DeployerMissingError)
})

test('error: DeploymentFailedError', async () => {
  await client.setBalance({ address: bob.address, value: 0n })
  await expect(deployAitoken(clientOf(bob), { salt })).rejects.toBeInstanceOf(DeploymentFailedError)
})

test('error: InvalidTokenNameError', () => {
  const named = (name: string) => () => predictDeployment({ admin: alice.address, token: { name } })
  expect(named('')).toThrow(InvalidTokenNameError)
  expect(named('x'.repeat(31))).not.toThrow()
  expect(named('x'.repeat(32))).toThrow(InvalidTokenNameError)
  expect(named('ä'.repeat(16))).toThrow(InvalidTokenNameError)
})

test('error: InvalidCapError', () => {
  const capped = (cap: bigint) => () => predictDeployment({ admin: alice.address, token: { cap } })
  expect(capped(0n)).toThrow(InvalidCapError)
  expect(capped(2n ** 208n - 1n)).not.toThrow()
  expect(capped(2n ** 208n)).toThrow(InvalidCapError)
})

test('error: InvalidArgumentError', () => {
  expect(() => predictDeployment({ admin: alice.address, salt: '0x12' })).toThrow(InvalidArgumentError)
  for (const unbondingDelay of [0, 7 * 86_400 - 1, 30 * 86_400 + 1, 8.5 * 86_400 + 0.5, Number.NaN])
    expect(() => predictDeployment({ admin: alice.address, registry: { unbondingDelay } })).toThrow(
      InvalidArgumentError,
    )
})
