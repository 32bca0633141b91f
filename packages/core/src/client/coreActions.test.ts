import { createPublicClient, http } from 'viem'
import { anvil } from 'viem/chains'
import { expect, test } from 'vitest'
import { alice, bob, client, deployment, isolate, rpcUrl } from '~test/anvil.js'

import { withDeployment } from '../deployment/withDeployment.js'
import { InvalidArgumentError } from '../errors/InvalidArgumentError.js'
import { transferCall } from '../token/transfer.js'
import { coreActions } from './coreActions.js'
import { createAitoken } from './createAitoken.js'

const chain = withDeployment(anvil, deployment)
const aitoken = createAitoken({ account: alice, chain, pollingInterval: 20, transport: http(rpcUrl) })

isolate()

test('default', async () => {
  const hash = await aitoken.ait.transfer({ amount: 5n, to: bob.address })
  const { events, receipt } = await aitoken.ait.confirm({ hash })

  expect(receipt.status).toBe('success')
  expect(events).toMatchObject([{ args: { to: bob.address, value: 5n }, eventName: 'Transfer' }])
  expect(await aitoken.ait.getBalance({ account: bob.address })).toBe(5n)
})

test('behavior: a public client reads', async () => {
  const reader = createPublicClient({ chain, transport: http(rpcUrl) }).extend(coreActions())
  expect(await reader.ait.getMetadata()).toEqual({ decimals: 18, name: 'AI Token', symbol: 'AIT' })
  expect(await reader.ait.getTotalSupply()).toBe(10n ** 27n)
  expect(await reader.ait.getCap()).toBe(10n ** 27n)
  expect(await reader.ait.getAuthority()).toBe(deployment.accessManager)
  expect(await reader.ait.supportsInterface({ interfaceId: '0x36372b07' })).toBe(true)
})

test('behavior: an address is the account of the wallet behind the transport', async () => {
  const wallet = createAitoken({ account: bob.address, chain, pollingInterval: 20, transport: http(rpcUrl) })
  await wallet.ait.confirm({ hash: await wallet.ait.approve({ amount: 1n, spender: alice.address }) })
  expect(await wallet.ait.getAllowance({ owner: bob.address, spender: alice.address })).toBe(1n)
})

test('behavior: builders of calls are not bound, the verbs that end alike are', () => {
  expect(Object.keys(aitoken.ait)).not.toContain('transferCall')
  expect(Object.keys(aitoken.ait)).not.toContain('transferAndCallCall')
  expect(Object.keys(aitoken.ait)).toContain('transferAndCall')
})

test('behavior: bound batches and simulations', async () => {
  const calls = [transferCall({ amount: 5n, to: bob.address, token: deployment.aiToken })]
  expect((await aitoken.ait.simulate({ calls })).balances).toHaveLength(2)
  expect(await aitoken.ait.sendCalls({ calls })).toMatchObject({ via: 'transactions' })
})

test('error: InvalidArgumentError, without parameters', async () => {
  // @ts-expect-error - what JavaScript may do
  const transferred = aitoken.ait.transfer()
  await expect(transferred).rejects.toBeInstanceOf(InvalidArgumentError)
  await expect(transferred).rejects.toMatchObject({ field: 'transfer.parameters' })
  // @ts-expect-error - what JavaScript may do
  await expect(aitoken.ait.signPermit()).rejects.toMatchObject({ field: 'signPermit.parameters' })
  await expect(aitoken.ait.getMetadata()).resolves.toMatchObject({ symbol: 'AIT' })
})

test('behavior: extends a client that has other actions', async () => {
  const both = client.extend(coreActions())
  expect(await both.getChainId()).toBe(31337)
  expect(await both.ait.getCap({ token: deployment.aiToken })).toBe(10n ** 27n)
})
