import { AccessDeniedError } from '@aitoken/core'
import { accessManagerAbi } from '@aitoken/core/abis'
import { zeroAddress } from 'viem'
import { beforeEach, expect, test } from 'vitest'
import { alice, bob, carol, dave, deployment, isolate } from '~test/anvil.js'
import { channelClientOf, fund, mined } from '~test/channels.js'

import { getChannel } from '../channel/getChannel.js'
import { openChannel } from '../channel/openChannel.js'
import { settleChannel } from '../settlement/settleChannel.js'
import { getVaultBalance } from '../vault/getVaultBalance.js'
import { signVoucher } from '../voucher/signVoucher.js'
import { FeeTooHighError } from './errors.js'
import { getFee } from './getFee.js'
import { getFeeAuthority } from './getFeeAuthority.js'
import { setFee } from './setFee.js'
import { setFeeAuthority, setFeeAuthorityCall } from './setFeeAuthority.js'

const [admin, payer, payee] = [channelClientOf(alice), channelClientOf(bob), channelClientOf(carol)]
const domain = { chainId: payer.chain.id, channels: deployment.paymentChannels }

isolate()
beforeEach(() => fund())

test('default: new channels pay the fee, into the vault of its recipient', async () => {
  expect(await getFee(payer)).toEqual({ bps: 0, recipient: zeroAddress })
  expect(await getFeeAuthority(payer)).toBe(deployment.accessManager)
  const old = await openChannel(payer, { deposit: 1_000n, payee: carol.address })
  await mined(old)
  await mined(setFee(admin, { bps: 100, recipient: dave.address }))
  expect(await getFee(payer)).toEqual({ bps: 100, recipient: dave.address })
  const young = await openChannel(payer, { deposit: 1_000n, payee: carol.address })
  await mined(young)
  for (const { channel, channelId } of [old, young]) {
    const signature = await signVoucher(bob, { ...domain, channelId, cumulativeAmount: 1_000n })
    await mined(settleChannel(payee, { capture: 1_000n, channel, cumulativeAmount: 1_000n, signature }))
  }
  expect((await getChannel(payer, { channelId: young.channelId })).feeBps).toBe(100)
  expect(await getVaultBalance(payer, { owner: dave.address })).toBe(10n)
  expect(await payer.ait.getBalance({ account: carol.address })).toBe(1_990n)
})

test('error: FeeTooHighError', async () => {
  const set = setFee(admin, { bps: 101, recipient: dave.address })
  await expect(set).rejects.toBeInstanceOf(FeeTooHighError)
})

test('error: AccessDeniedError', async () => {
  const set = setFee(payer, { bps: 1, recipient: bob.address })
  await expect(set).rejects.toBeInstanceOf(AccessDeniedError)
})

test('behavior: the access manager hands the fee to another one, and nobody else does', async () => {
  const authority = deployment.aiToken // Any contract will do.
  const set = setFeeAuthority(admin, { authority })
  await expect(set).rejects.toBeInstanceOf(AccessDeniedError)
  const { data, to } = setFeeAuthorityCall({ authority, channels: domain.channels })
  const manager = { abi: accessManagerAbi, address: deployment.accessManager } as const
  await mined(admin.writeContract({ ...manager, args: [to, data], functionName: 'execute' }))
  expect(await getFeeAuthority(payer)).toBe(authority)
})
