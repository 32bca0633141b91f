import { parseEther } from 'viem'
import { beforeEach, expect, test } from 'vitest'
import { bob, carol, isolate, mallory } from '~test/anvil.js'
import { channelClientOf, fund, mined } from '~test/channels.js'

import { NotPayerError } from './accessErrors.js'
import { AmountTooLargeError, AmountZeroError } from './depositErrors.js'
import { ChannelMissingError } from './errors.js'
import { getChannel } from './getChannel.js'
import { openChannel } from './openChannel.js'
import { requestClose } from './requestClose.js'
import { topUpChannel } from './topUpChannel.js'

const client = channelClientOf(bob)
const open = () => openChannel(client, { deposit: parseEther('1'), payee: carol.address })

isolate()
beforeEach(() => fund())

test('default', async () => {
  const { channel, channelId } = await open()
  await mined(topUpChannel(client, { amount: parseEther('2'), channel }))
  expect((await getChannel(client, { channelId })).deposit).toBe(parseEther('3'))
})

test('behavior: cancels a pending exit', async () => {
  const { channel, channelId } = await open()
  await mined(requestClose(client, { channel }))
  expect((await getChannel(client, { channelId })).closeAt).toBeGreaterThan(0)
  await mined(topUpChannel(client, { amount: 1n, channel }))
  expect((await getChannel(client, { channelId })).closeAt).toBe(0)
})

test('error: NotPayerError', async () => {
  const { channel } = await open()
  await fund(mallory)
  const toppedUp = topUpChannel(channelClientOf(mallory), { amount: 1n, channel })
  await expect(toppedUp).rejects.toMatchObject({ caller: mallory.address, payer: bob.address })
  await expect(toppedUp).rejects.toBeInstanceOf(NotPayerError)
})

test('error: ChannelMissingError', async () => {
  const { channel } = await open()
  const other = { ...channel, payee: mallory.address }
  await expect(topUpChannel(client, { amount: 1n, channel: other })).rejects.toBeInstanceOf(
    ChannelMissingError,
  )
})

test('error: amounts that no channel can hold', async () => {
  const { channel } = await open()
  await expect(topUpChannel(client, { amount: 0n, channel })).rejects.toBeInstanceOf(AmountZeroError)
  const tooLarge = topUpChannel(client, { amount: 2n ** 96n - 1n, channel })
  await expect(tooLarge).rejects.toBeInstanceOf(AmountTooLargeError)
})
