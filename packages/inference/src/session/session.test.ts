import fc from 'fast-check'
import { type Address, getAddress, toHex, zeroHash } from 'viem'
import { beforeEach, expect, test } from 'vitest'
import { alice, bob, carol, dave, deployment, isolate, mallory } from '~test/anvil.js'
import { channelClientOf, fund, mined } from '~test/channels.js'

import { ChannelSignatureError, ConsentExpiredError } from '../channel/accessErrors.js'
import type { Channel } from '../channel/channel.js'
import { createSalt } from '../channel/createSalt.js'
import { AmountZeroError } from '../channel/depositErrors.js'
import { ChannelClosingError } from '../channel/errors.js'
import { getChannel } from '../channel/getChannel.js'
import { hashChannel } from '../channel/hashChannel.js'
import { requestClose } from '../channel/requestClose.js'
import { depositToVault } from '../vault/depositToVault.js'
import { createPayeeTree } from './createPayeeTree.js'
import { SessionCapError, SessionExpiredError, SessionPayeeError, SessionUnknownError } from './errors.js'
import { getSession } from './getSession.js'
import { openChannelWithSession } from './openChannelWithSession.js'
import { openChannelWithSignature } from './openChannelWithSignature.js'
import { revokeSession } from './revokeSession.js'
import { setSession } from './setSession.js'
import { signOpenFromVault } from './signOpenFromVault.js'
import { topUpChannelWithSession } from './topUpChannelWithSession.js'

const [owner, agent, relayer] = [channelClientOf(bob), channelClientOf(dave), channelClientOf(alice)]
const [expiry, deadline] = [4_000_000_000, 4_000_000_000n]
const session = { key: dave.address, owner: bob.address }

isolate()
beforeEach(async () => {
  await fund()
  await mined(depositToVault(owner, { amount: 1_000n }))
})

function channelTo(payee: Address = carol.address) {
  const channel: Channel = {
    authorizedSigner: dave.address,
    payee,
    payer: bob.address,
    salt: createSalt(),
    token: deployment.aiToken,
  }
  const domain = { chainId: owner.chain.id, channels: deployment.paymentChannels }
  return { channel, channelId: hashChannel({ channel, ...domain }) }
}

test('default: an agent spends from the vault within its budget', async () => {
  await mined(setSession(owner, { cap: 100n, expiry, key: dave.address }))
  expect(await getSession(owner, session)).toEqual({ cap: 100n, expiry, payees: zeroHash, used: 0n })
  const { channel, channelId } = channelTo()
  await mined(openChannelWithSession(agent, { channel, deposit: 60n }))
  await mined(topUpChannelWithSession(agent, { amount: 30n, channel }))
  expect((await getChannel(owner, { channelId })).deposit).toBe(90n)
  expect((await getSession(owner, session)).used).toBe(90n)

  const over = topUpChannelWithSession(agent, { amount: 11n, channel })
  await expect(over).rejects.toBeInstanceOf(SessionCapError)
  await expect(over).rejects.toMatchObject({ needed: 11n, remaining: 10n })
})

test('behavior: only the payees of the tree are paid', async () => {
  const tree = createPayeeTree([carol.address, alice.address, owner.account.address])
  await mined(setSession(owner, { cap: 100n, expiry, key: dave.address, payees: tree.root }))
  const allowed = channelTo()
  const proof = tree.prove(carol.address)
  await mined(openChannelWithSession(agent, { channel: allowed.channel, deposit: 10n, proof }))
  const { channel } = channelTo(mallory.address)
  for (const wrong of [proof, []]) {
    const opened = openChannelWithSession(agent, { channel, deposit: 10n, proof: wrong })
    await expect(opened).rejects.toBeInstanceOf(SessionPayeeError)
  }
  expect(() => tree.prove(mallory.address)).toThrow(SessionPayeeError)
})

test('default: a relayer opens what the owner or the session key signed', async () => {
  await mined(setSession(owner, { cap: 100n, expiry, key: dave.address }))
  for (const signer of [owner, agent]) {
    const { channel, channelId } = channelTo()
    const signed = await signOpenFromVault(signer, { channel, deadline, deposit: 10n })
    const parameters = { channel, deposit: 10n, signer: signer.account.address, ...signed }
    const more = openChannelWithSignature(relayer, { ...parameters, deposit: 11n })
    await expect(more).rejects.toBeInstanceOf(ChannelSignatureError)
    await mined(openChannelWithSignature(relayer, parameters))
    expect((await getChannel(owner, { channelId })).deposit).toBe(10n)
  }
  expect((await getSession(owner, session)).used).toBe(10n)
})

test('error: signatures of nobody with a session, or too old', async () => {
  const { channel } = channelTo()
  const front = channelClientOf(mallory)
  const signed = await signOpenFromVault(front, { channel, deadline, deposit: 10n })
  const byMallory = openChannelWithSignature(relayer, {
    channel,
    deposit: 10n,
    signer: mallory.address,
    ...signed,
  })
  await expect(byMallory).rejects.toBeInstanceOf(SessionUnknownError)
  const old = await signOpenFromVault(owner, { channel, deadline: 1n, deposit: 10n })
  const late = openChannelWithSignature(relayer, { channel, deposit: 10n, signer: bob.address, ...old })
  await expect(late).rejects.toBeInstanceOf(ConsentExpiredError)
})

test('error: sessions that are unknown, revoked or over', async () => {
  const { channel } = channelTo()
  const open = () => openChannelWithSession(agent, { channel, deposit: 10n })
  await expect(open()).rejects.toBeInstanceOf(SessionUnknownError)
  await mined(setSession(owner, { cap: 100n, expiry, key: dave.address }))
  await mined(revokeSession(owner, { key: dave.address }))
  await expect(open()).rejects.toBeInstanceOf(SessionUnknownError)
  const { timestamp } = await owner.getBlock()
  await mined(setSession(owner, { cap: 100n, expiry: Number(timestamp) + 60, key: dave.address }))
  await owner.increaseTime({ seconds: 61 })
  await owner.mine({ blocks: 1 })
  await expect(open()).rejects.toBeInstanceOf(SessionExpiredError)
  const past = setSession(owner, { cap: 100n, expiry: 1, key: dave.address })
  await expect(past).rejects.toBeInstanceOf(SessionExpiredError)
  const empty = setSession(owner, { cap: 0n, expiry, key: dave.address })
  await expect(empty).rejects.toBeInstanceOf(AmountZeroError)
})

test("error: a session key cannot cancel the payer's exit", async () => {
  await mined(setSession(owner, { cap: 100n, expiry, key: dave.address }))
  const { channel } = channelTo()
  await mined(openChannelWithSession(agent, { channel, deposit: 10n }))
  await mined(requestClose(owner, { channel }))
  const toppedUp = topUpChannelWithSession(agent, { amount: 1n, channel })
  await expect(toppedUp).rejects.toBeInstanceOf(ChannelClosingError)
})

test('property: every payee of a tree has a proof that the contract takes', async () => {
  const address = fc.uint8Array({ maxLength: 20, minLength: 20 }).map((bytes) => getAddress(toHex(bytes)))
  const payees = fc.uniqueArray(address, { maxLength: 20, minLength: 1 })
  const property = fc.asyncProperty(payees, fc.nat(), async (payees, choice) => {
    const [first, ...rest] = payees
    if (!first) throw new RangeError('at least one payee was asked for')
    const tree = createPayeeTree([first, ...rest])
    const [last = first, ...others] = rest.toReversed()
    expect(createPayeeTree([last, ...others, first]).root).toBe(tree.root)
    const payee = payees[choice % payees.length] ?? first
    await mined(setSession(owner, { cap: 1_000n, expiry, key: dave.address, payees: tree.root }))
    const { channel } = channelTo(payee)
    await mined(openChannelWithSession(agent, { channel, deposit: 1n, proof: tree.prove(payee) }))
  })
  await fc.assert(property, { numRuns: 10 })
})
