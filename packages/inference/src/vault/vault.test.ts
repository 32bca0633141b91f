import { parseEther } from 'viem'
import { beforeEach, expect, test } from 'vitest'
import { bob, carol, dave, deployment, isolate, mallory } from '~test/anvil.js'
import { channelClientOf, fund, mined } from '~test/channels.js'
import { closeChannel } from '../channel/closeChannel.js'
import { AddressRoleError, AmountTooLargeError, AmountZeroError } from '../channel/depositErrors.js'
import { getChannel } from '../channel/getChannel.js'
import { hashChannel } from '../channel/hashChannel.js'
import { depositToVault } from './depositToVault.js'
import { VaultInsufficientError } from './errors.js'
import { getVaultBalance } from './getVaultBalance.js'
import { openChannelFromVault } from './openChannelFromVault.js'
import { topUpChannelFromVault } from './topUpChannelFromVault.js'
import { withdrawFromVault } from './withdrawFromVault.js'

const owner = channelClientOf(bob)
const balance = () => getVaultBalance(owner, { owner: bob.address })

isolate()
beforeEach(async () => {
  await fund()
  await mined(depositToVault(owner, { amount: 100n }))
})

test('default: opens and tops up without a token transfer, and gets the rest back into the vault', async () => {
  expect(await balance()).toBe(100n)
  const { channel, channelId, hash } = await openChannelFromVault(owner, {
    deposit: 60n,
    payee: carol.address,
  })
  await mined(hash)
  const domain = { chainId: owner.chain.id, channels: deployment.paymentChannels }
  expect(channelId).toBe(hashChannel({ channel, ...domain }))
  await mined(topUpChannelFromVault(owner, { amount: 10n, channel }))
  expect(await balance()).toBe(30n)
  expect(await getChannel(owner, { channelId })).toMatchObject({ deposit: 70n, refundsToVault: true })

  await mined(closeChannel(channelClientOf(carol), { capture: 0n, channel, cumulativeAmount: 0n }))
  expect(await balance()).toBe(100n)
})

test('behavior: withdraws to the owner or to anybody', async () => {
  const before = await owner.ait.getBalance({ account: bob.address })
  await mined(withdrawFromVault(owner, { amount: 40n }))
  await mined(withdrawFromVault(owner, { amount: 60n, to: dave.address }))
  expect(await balance()).toBe(0n)
  expect((await owner.ait.getBalance({ account: bob.address })) - before).toBe(40n)
  expect(await owner.ait.getBalance({ account: dave.address })).toBe(60n)
})

test('error: VaultInsufficientError', async () => {
  const payee = carol.address
  const opened = openChannelFromVault(owner, { deposit: 101n, payee })
  await expect(opened).rejects.toBeInstanceOf(VaultInsufficientError)
  await expect(opened).rejects.toMatchObject({ balance: 100n, needed: 101n, owner: bob.address })
  const withdrawn = withdrawFromVault(channelClientOf(mallory), { amount: 1n })
  await expect(withdrawn).rejects.toBeInstanceOf(VaultInsufficientError)
})

test('error: amounts and recipients that no vault takes', async () => {
  await expect(depositToVault(owner, { amount: 0n })).rejects.toBeInstanceOf(AmountZeroError)
  await expect(depositToVault(owner, { amount: parseEther('1') ** 2n })).rejects.toBeInstanceOf(
    AmountTooLargeError,
  )
  const lost = withdrawFromVault(owner, { amount: 1n, to: deployment.paymentChannels })
  await expect(lost).rejects.toBeInstanceOf(AddressRoleError)
})
