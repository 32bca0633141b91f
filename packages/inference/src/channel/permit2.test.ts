import { InvalidSignatureError } from '@aitoken/core'
import { maxUint256, parseEther } from 'viem'
import { beforeEach, expect, test } from 'vitest'
import { bob, carol, dave, deployment, isolate, mallory } from '~test/anvil.js'
import { channelClientOf, fund, mined, permit2Code } from '~test/channels.js'

import type { Channel } from './channel.js'
import { createSalt } from './createSalt.js'
import { permit2Address } from './funding.js'
import { getChannel } from './getChannel.js'
import { hashChannel } from './hashChannel.js'
import { openChannelWithPermit2 } from './openChannelWithPermit2.js'
import { signOpenPermit2 } from './signOpenPermit2.js'
import { signTopUpPermit2 } from './signTopUpPermit2.js'
import { topUpChannelWithPermit2 } from './topUpChannelWithPermit2.js'

const [payer, relayer] = [channelClientOf(bob), channelClientOf(dave)]
const deposit = parseEther('5')
const deadline = 4_000_000_000n
const channel: Channel = {
  authorizedSigner: bob.address,
  payee: carol.address,
  payer: bob.address,
  salt: createSalt(),
  token: deployment.aiToken,
}
const domain = { chainId: payer.chain.id, channels: deployment.paymentChannels }
const channelId = hashChannel({ channel, ...domain })

isolate()
beforeEach(async () => {
  await fund()
  await payer.setCode({ address: permit2Address, bytecode: permit2Code() })
  await mined(payer.ait.approve({ amount: maxUint256, spender: permit2Address }))
})

test('default: a relayer opens and tops up what the payer signed', async () => {
  const transfer = await signOpenPermit2(payer, { channel, deadline, deposit })
  await mined(openChannelWithPermit2(relayer, { channel, deposit, transfer }))
  const more = await signTopUpPermit2(payer, { amount: 7n, channel, deadline })
  await mined(topUpChannelWithPermit2(relayer, { amount: 7n, channel, transfer: more }))
  expect((await getChannel(payer, { channelId })).deposit).toBe(deposit + 7n)
})

test('error: Mallory cannot use it for another channel or amount', async () => {
  const transfer = await signOpenPermit2(payer, { channel, deadline, deposit, nonce: 1n })
  const front = channelClientOf(mallory)
  const other = { ...channel, payee: mallory.address }
  const redirected = openChannelWithPermit2(front, { channel: other, deposit, transfer })
  await expect(redirected).rejects.toBeInstanceOf(InvalidSignatureError)
  const lowered = openChannelWithPermit2(front, { channel, deposit: deposit - 1n, transfer })
  await expect(lowered).rejects.toBeInstanceOf(InvalidSignatureError)

  await mined(openChannelWithPermit2(front, { channel, deposit, transfer }))
  const again = { ...channel, salt: createSalt() }
  const reused = await signOpenPermit2(payer, { channel: again, deadline, deposit, nonce: 1n })
  const replayed = openChannelWithPermit2(front, { channel: again, deposit, transfer: reused })
  await expect(replayed).rejects.toBeInstanceOf(InvalidSignatureError)
})
