import { InsufficientAllowanceError, InsufficientBalanceError } from '@aitoken/core'
import fc from 'fast-check'
import { type Address, getAddress, type Hex, parseEther, toHex, zeroAddress } from 'viem'
import { beforeEach, expect, test } from 'vitest'
import { bob, carol, dave, deployment, isolate } from '~test/anvil.js'
import { channelClientOf, fund, mined } from '~test/channels.js'

import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { createSalt } from './createSalt.js'
import { AddressRoleError, AmountTooLargeError, AmountZeroError, TokenMissingError } from './depositErrors.js'
import { ChannelExistsError } from './errors.js'
import { getChannel } from './getChannel.js'
import { getChannels } from './getChannels.js'
import { getLimits } from './getLimits.js'
import { hashChannel } from './hashChannel.js'
import { openChannel } from './openChannel.js'

const client = channelClientOf(bob)
const deposit = parseEther('5')
const payee = carol.address

isolate()
beforeEach(() => fund())

test('default', async () => {
  const { channel, channelId, hash } = await openChannel(client, { deposit, payee })
  await mined(hash)

  expect(channel).toMatchObject({ authorizedSigner: zeroAddress, payee, payer: bob.address })
  expect(channel.token).toBe(deployment.aiToken)
  const state = await getChannel(client, { channelId })
  expect(state).toEqual({
    closeAt: 0,
    closed: false,
    deposit,
    feeBps: 0,
    refundsToVault: false,
    settled: 0n,
  })
  const unknown: Hex = `0x${'00'.repeat(32)}`
  const states = await getChannels(client, { channelIds: [unknown, channelId] })
  expect(states.map(({ deposit }) => deposit)).toEqual([0n, deposit])
})

test('behavior: opens with a key of its own and a salt', async () => {
  const salt: Hex = `0x${'ab'.repeat(32)}`
  const opened = await openChannel(client, { authorizedSigner: dave.address, deposit, payee, salt })
  await mined(opened)
  expect(opened.channel).toMatchObject({ authorizedSigner: dave.address, salt })
  expect((await getChannel(client, { channelId: opened.channelId })).deposit).toBe(deposit)
})

test('behavior: knows the limits of the contract', async () => {
  expect(await getLimits(client)).toEqual({ gracePeriod: 900, maxFeeBps: 100, maxStreamSteps: 1024 })
})

test('property: computes the id that the contract computes', async () => {
  const address = fc
    .uint8Array({ maxLength: 20, minLength: 20 })
    .map((bytes): Address => getAddress(toHex(bytes)))
  const bytes32 = fc.uint8Array({ maxLength: 32, minLength: 32 }).map((bytes): Hex => toHex(bytes))
  const property = fc.asyncProperty(address, address, address, bytes32, address, async (...args) => {
    const [payer, payee, token, salt, authorizedSigner] = args
    const id = await client.readContract({
      abi: paymentChannelsAbi,
      address: deployment.paymentChannels,
      args,
      functionName: 'computeChannelId',
    })
    const channel = { authorizedSigner, payee, payer, salt, token }
    const domain = { chainId: client.chain.id, channels: deployment.paymentChannels }
    expect(hashChannel({ channel, ...domain })).toBe(id)
    expect(hashChannel({ channel, ...domain, chainId: 1 })).not.toBe(id)
  })
  await fc.assert(property, { numRuns: 20 })
})

test('behavior: salts are random, and short', () => {
  const salts = Array.from({ length: 100 }, createSalt)
  expect(new Set(salts).size).toBe(100)
  for (const salt of salts) expect(salt).toMatch(/^0x0{48}[0-9a-f]{16}$/)
})

test('error: ChannelExistsError', async () => {
  const { channel, channelId, hash } = await openChannel(client, { deposit, payee })
  await mined(hash)
  const again = openChannel(client, { deposit, payee, salt: channel.salt })
  await expect(again).rejects.toBeInstanceOf(ChannelExistsError)
  await expect(again).rejects.toMatchObject({ channelId })
})

test('error: InsufficientBalanceError', async () => {
  const opened = openChannel(client, { deposit: parseEther('1001'), payee })
  await expect(opened).rejects.toBeInstanceOf(InsufficientBalanceError)
})

test('error: InsufficientAllowanceError', async () => {
  await mined(client.ait.approve({ amount: 1n, spender: deployment.paymentChannels }))
  await expect(openChannel(client, { deposit, payee })).rejects.toBeInstanceOf(InsufficientAllowanceError)
})

test('error: AddressRoleError', async () => {
  const opened = openChannel(client, { deposit, payee: zeroAddress })
  await expect(opened).rejects.toBeInstanceOf(AddressRoleError)
})

test('error: amounts and tokens that no channel can hold', async () => {
  await expect(openChannel(client, { deposit: 0n, payee })).rejects.toBeInstanceOf(AmountZeroError)
  const tooLarge = openChannel(client, { deposit: 2n ** 96n, payee })
  await expect(tooLarge).rejects.toBeInstanceOf(AmountTooLargeError)
  const missing = openChannel(client, { deposit, payee, token: dave.address })
  await expect(missing).rejects.toBeInstanceOf(TokenMissingError)
})
