import { AuthorizationTimeError, InvalidSignatureError } from '@aitoken/core'
import { parseEther } from 'viem'
import { beforeEach, expect, test } from 'vitest'
import { bob, carol, dave, deployment, isolate, mallory } from '~test/anvil.js'
import { channelClientOf, fund, mined } from '~test/channels.js'
import { depositToVaultWithAuthorization } from '../vault/depositToVaultWithAuthorization.js'
import { getVaultBalance } from '../vault/getVaultBalance.js'
import { signDepositAuthorization } from '../vault/signDepositAuthorization.js'
import type { Channel } from './channel.js'
import { createSalt } from './createSalt.js'
import { ChannelExistsError } from './errors.js'
import { getChannel } from './getChannel.js'
import { hashChannel } from './hashChannel.js'
import { openChannelWithAuthorization } from './openChannelWithAuthorization.js'
import { signOpenAuthorization } from './signOpenAuthorization.js'
import { signTopUpAuthorization } from './signTopUpAuthorization.js'
import { topUpChannelWithAuthorization } from './topUpChannelWithAuthorization.js'

const [payer, relayer] = [channelClientOf(bob), channelClientOf(dave)]
const deposit = parseEther('5')
const channels = deployment.paymentChannels

isolate()
beforeEach(() => fund())

const channel: Channel = {
  authorizedSigner: bob.address,
  payee: carol.address,
  payer: bob.address,
  salt: createSalt(),
  token: deployment.aiToken,
}
const channelId = hashChannel({ chainId: payer.chain.id, channel, channels })

test('default: a relayer opens and tops up what the payer signed', async () => {
  const authorization = await signOpenAuthorization(payer, { channel, deposit })
  await mined(openChannelWithAuthorization(relayer, { authorization, channel, deposit }))
  expect((await getChannel(payer, { channelId })).deposit).toBe(deposit)

  const more = await signTopUpAuthorization(payer, { amount: 7n, channel })
  await mined(topUpChannelWithAuthorization(relayer, { amount: 7n, authorization: more, channel }))
  expect((await getChannel(payer, { channelId })).deposit).toBe(deposit + 7n)
})

test('default: a relayer deposits into the vault of the owner', async () => {
  const [salt, owner] = [createSalt(), bob.address]
  const authorization = await signDepositAuthorization(payer, { amount: deposit, salt })
  await mined(depositToVaultWithAuthorization(relayer, { amount: deposit, authorization, owner, salt }))
  expect(await getVaultBalance(payer, { owner })).toBe(deposit)
  const again = depositToVaultWithAuthorization(relayer, { amount: deposit, authorization, owner, salt })
  await expect(again).rejects.toMatchObject({ name: 'AuthorizationUsedError' })
})

test('error: Mallory cannot front-run with another payee, signer, salt or amount', async () => {
  const authorization = await signOpenAuthorization(payer, { channel, deposit })
  const front = channelClientOf(mallory)
  const changes = [{ payee: mallory.address }, { authorizedSigner: mallory.address }, { salt: createSalt() }]
  for (const change of changes) {
    const other = { ...channel, ...change }
    const opened = openChannelWithAuthorization(front, { authorization, channel: other, deposit })
    await expect(opened).rejects.toBeInstanceOf(InvalidSignatureError)
  }
  const lowered = openChannelWithAuthorization(front, { authorization, channel, deposit: deposit - 1n })
  await expect(lowered).rejects.toBeInstanceOf(InvalidSignatureError)
})

test('error: an authorization opens one channel once, and tops up once', async () => {
  const authorization = await signOpenAuthorization(payer, { channel, deposit })
  const parameters = { authorization, channel, deposit }
  await mined(openChannelWithAuthorization(relayer, parameters))
  const again = openChannelWithAuthorization(relayer, parameters)
  await expect(again).rejects.toBeInstanceOf(ChannelExistsError)

  const more = await signTopUpAuthorization(payer, { amount: 7n, channel, deposit: deposit + 7n })
  const toppedUp = { amount: 7n, authorization: more, channel }
  await mined(topUpChannelWithAuthorization(relayer, toppedUp))
  const twice = topUpChannelWithAuthorization(relayer, toppedUp)
  await expect(twice).rejects.toBeInstanceOf(InvalidSignatureError)
})

test('error: AuthorizationTimeError', async () => {
  const authorization = await signOpenAuthorization(payer, { channel, deposit, validBefore: 1n })
  const opened = openChannelWithAuthorization(relayer, { authorization, channel, deposit })
  await expect(opened).rejects.toBeInstanceOf(AuthorizationTimeError)
})
