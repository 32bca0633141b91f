import { parseEther } from 'viem'
import { beforeEach, expect, test } from 'vitest'
import { bob, carol, dave, deployment, isolate, mallory } from '~test/anvil.js'
import { channelClientOf, fund, mined } from '~test/channels.js'

import { ChannelSignatureError, ConsentExpiredError, PermitFailedError } from './accessErrors.js'
import type { Channel } from './channel.js'
import { createSalt } from './createSalt.js'
import { getChannel } from './getChannel.js'
import { hashChannel } from './hashChannel.js'
import { openChannelWithPermit } from './openChannelWithPermit.js'
import { signOpenConsent } from './signOpenConsent.js'
import { signPermitForChannels } from './signPermitForChannels.js'
import { signTopUpConsent } from './signTopUpConsent.js'
import { topUpChannelWithPermit } from './topUpChannelWithPermit.js'

const [payer, relayer] = [channelClientOf(bob), channelClientOf(dave)]
const channels = deployment.paymentChannels
const deposit = parseEther('5')
const deadline = 4_000_000_000n
const channel: Channel = {
  authorizedSigner: bob.address,
  payee: carol.address,
  payer: bob.address,
  salt: createSalt(),
  token: deployment.aiToken,
}
const channelId = hashChannel({ chainId: payer.chain.id, channel, channels })

isolate()
beforeEach(async () => {
  await fund()
  await mined(payer.ait.approve({ amount: 0n, spender: channels }))
})

test('default: the payer opens and tops up without an approval', async () => {
  const permit = await signPermitForChannels(payer, { value: deposit })
  await mined(openChannelWithPermit(payer, { channel, deposit, permit }))
  const more = await signPermitForChannels(payer, { deadline, value: 7n })
  await mined(topUpChannelWithPermit(payer, { amount: 7n, channel, permit: more }))
  expect((await getChannel(payer, { channelId })).deposit).toBe(deposit + 7n)
})

test('default: a relayer opens and tops up with consent', async () => {
  const permit = await signPermitForChannels(payer, { value: deposit })
  const consent = await signOpenConsent(payer, { channel, deadline, deposit })
  await mined(openChannelWithPermit(relayer, { channel, consent, deposit, permit }))
  const more = await signPermitForChannels(payer, { value: 7n })
  const agreed = await signTopUpConsent(payer, { amount: 7n, channel, deadline })
  await mined(topUpChannelWithPermit(relayer, { amount: 7n, channel, consent: agreed, permit: more }))
  expect((await getChannel(payer, { channelId })).deposit).toBe(deposit + 7n)
})

test('behavior: a permit that somebody used before still opens', async () => {
  const permit = await signPermitForChannels(payer, { value: deposit })
  const { r, s, v } = permit
  const signature = `${r}${s.slice(2)}${v.toString(16)}` as const
  const used = {
    amount: deposit,
    deadline: permit.deadline,
    owner: bob.address,
    signature,
    spender: channels,
  }
  await mined(channelClientOf(mallory).ait.permit(used))
  await mined(openChannelWithPermit(payer, { channel, deposit, permit }))
  expect((await getChannel(payer, { channelId })).deposit).toBe(deposit)
})

test('error: a relayer needs the consent of the payer to this channel and amount', async () => {
  const permit = await signPermitForChannels(payer, { value: deposit })
  const consents = [
    undefined,
    await signOpenConsent(channelClientOf(mallory), { channel, deadline, deposit }),
    await signOpenConsent(payer, { channel, deadline, deposit: deposit - 1n }),
    await signOpenConsent(payer, { channel: { ...channel, payee: mallory.address }, deadline, deposit }),
  ]
  for (const consent of consents) {
    const opened = openChannelWithPermit(relayer, { channel, consent, deposit, permit })
    await expect(opened).rejects.toBeInstanceOf(consent ? ChannelSignatureError : ConsentExpiredError)
  }
  const consent = await signOpenConsent(payer, { channel, deadline: 1n, deposit })
  const late = openChannelWithPermit(relayer, { channel, consent, deposit, permit })
  await expect(late).rejects.toBeInstanceOf(ConsentExpiredError)
})

test('error: PermitFailedError', async () => {
  const permit = await signPermitForChannels(payer, { nonce: 99n, value: deposit })
  const opened = openChannelWithPermit(payer, { channel, deposit, permit })
  await expect(opened).rejects.toBeInstanceOf(PermitFailedError)
  await expect(opened).rejects.toMatchObject({ allowance: 0n, needed: deposit })
})
