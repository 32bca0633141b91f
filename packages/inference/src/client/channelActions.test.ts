import { AccountMissingError } from '@aitoken/core'
import { createClient, http, zeroAddress } from 'viem'
import { anvil } from 'viem/chains'
import { beforeEach, expect, test } from 'vitest'
import { bob, carol, deployment, isolate, rpcUrl } from '~test/anvil.js'
import { fund, mined } from '~test/channels.js'

import { createConsumer } from '../consumer/createConsumer.js'
import { createProvider } from '../provider/createProvider.js'
import { channelActions } from './channelActions.js'
import { createAitoken } from './createAitoken.js'

const transport = http(rpcUrl)

isolate()
beforeEach(() => fund())

test('default: one client for the token and the channels', async () => {
  const aitoken = createAitoken({ account: bob, chain: anvil, deployment, transport })
  const { channel, channelId, hash } = await aitoken.channels.openChannel({
    deposit: 5n,
    payee: carol.address,
  })
  await mined(hash)
  expect(channel.token).toBe(deployment.aiToken)
  expect((await aitoken.channels.getChannel({ channelId })).deposit).toBe(5n)
  expect(await aitoken.ait.getBalance({ account: deployment.paymentChannels })).toBe(5n)
  const further = aitoken.extend(() => ({ answer: 42 }))
  expect(Object.keys(further)).toEqual(expect.arrayContaining(['ait', 'answer', 'channels']))
})

test('behavior: reads without an account, and with the contract given', async () => {
  const client = createClient({ chain: anvil, transport }).extend(channelActions())
  const channels = deployment.paymentChannels
  expect(await client.channels.getFee({ channels })).toEqual({ bps: 0, recipient: zeroAddress })
  expect(client.channels).not.toHaveProperty('openChannelCall')
})

test('error: AccountMissingError', async () => {
  // The types forbid it; JavaScript does not.
  const client = createAitoken({ chain: anvil, deployment, transport }) as createAitoken.ReturnType
  const { channels } = client
  const opening = { deposit: 5n, payee: carol.address }
  for (const [action, made] of [
    ['openChannel', channels.openChannel(opening)],
    ['openChannelFromVault', channels.openChannelFromVault(opening)],
    ['withdrawFromVault', channels.withdrawFromVault({ amount: 1n })],
    ['deposit', channels.depositToVault({ amount: 1n })],
  ] as const)
    await expect(made).rejects.toMatchObject({ action, name: 'AccountMissingError' })
  const budget = { request: 1n, session: 1n }
  expect(() => createConsumer({ budget, client })).toThrow(AccountMissingError)
  expect(() => createProvider({ client, models: [] })).toThrow(AccountMissingError)
})
