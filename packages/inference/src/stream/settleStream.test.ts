import { type Hex, parseEther } from 'viem'
import { beforeEach, expect, test } from 'vitest'
import { bob, carol, deployment, isolate, mallory } from '~test/anvil.js'
import { channelClientOf, fund, mined } from '~test/channels.js'

import { ChannelSignatureError, NotPayeeError } from '../channel/accessErrors.js'
import { getChannel } from '../channel/getChannel.js'
import { openChannel } from '../channel/openChannel.js'
import { CaptureTooLowError, StreamPreimageError, StreamStepsError } from '../settlement/errors.js'
import { createStream } from './createStream.js'
import { createStreamVerifier } from './createStreamVerifier.js'
import { settleStream } from './settleStream.js'
import { signStreamCommit } from './signStreamCommit.js'

const [payer, payee] = [channelClientOf(bob), channelClientOf(carol)]
const domain = { chainId: payer.chain.id, channels: deployment.paymentChannels }

isolate()
beforeEach(() => fund())

async function open(maxSteps = 64) {
  const { channel, channelId, hash } = await openChannel(payer, {
    deposit: parseEther('5'),
    payee: carol.address,
  })
  await mined(hash)
  const stream = createStream({ maxSteps })
  const commit = { base: 100n, maxSteps, root: stream.root, unit: 7n }
  const signature = await signStreamCommit(bob, { ...domain, channelId, ...commit })
  return { channel, channelId, commit, signature, stream }
}

test('default: what the payee verified step by step settles on chain', async () => {
  const { channel, channelId, commit, signature, stream } = await open()
  const verifier = createStreamVerifier(stream)
  for (const steps of [1, 2, 5, 41]) verifier.advance(stream.reveal(steps))
  const { link, steps } = verifier
  await mined(settleStream(payee, { channel, commit, link, signature, steps }))
  expect((await getChannel(payer, { channelId })).settled).toBe(100n + 41n * 7n)
})

test('behavior: the whole of the longest stream, with a flipped last byte of the signature', async () => {
  const { channel, channelId, commit, signature, stream } = await open(1024)
  const flipped: Hex = `0x${signature.slice(2, -2)}${signature.endsWith('1b') ? '1c' : '1b'}`
  const link = stream.reveal(1024)
  await mined(settleStream(payee, { channel, commit, link, signature: flipped, steps: 1024 }))
  expect((await getChannel(payer, { channelId })).settled).toBe(100n + 1024n * 7n)
})

test('error: StreamPreimageError', async () => {
  const { channel, commit, signature, stream } = await open()
  for (const [link, steps] of [
    [stream.reveal(3), 4],
    [stream.reveal(4), 3],
    [createStream({ maxSteps: 64 }).reveal(3), 3],
  ] as const) {
    const settled = settleStream(payee, { channel, commit, link, signature, steps })
    await expect(settled).rejects.toBeInstanceOf(StreamPreimageError)
  }
})

test('error: StreamStepsError', async () => {
  const { channel, commit, signature, stream } = await open()
  for (const steps of [0, 65]) {
    const settled = settleStream(payee, { channel, commit, link: stream.root, signature, steps })
    await expect(settled).rejects.toBeInstanceOf(StreamStepsError)
  }
})

test('error: a commitment that is altered, or by somebody else', async () => {
  const { channel, channelId, commit, signature, stream } = await open()
  const link = stream.reveal(3)
  const forged = await signStreamCommit(mallory, { ...domain, channelId, ...commit })
  for (const [terms, signed] of [
    [{ ...commit, unit: 8n }, signature],
    [{ ...commit, base: 101n }, signature],
    [commit, forged],
  ] as const) {
    const settled = settleStream(payee, { channel, commit: terms, link, signature: signed, steps: 3 })
    await expect(settled).rejects.toBeInstanceOf(ChannelSignatureError)
  }
})

test('error: only the payee, and each link once', async () => {
  const { channel, commit, signature, stream } = await open()
  const parameters = { channel, commit, link: stream.reveal(3), signature, steps: 3 }
  await expect(settleStream(payer, parameters)).rejects.toBeInstanceOf(NotPayeeError)
  await mined(settleStream(payee, parameters))
  await expect(settleStream(payee, parameters)).rejects.toBeInstanceOf(CaptureTooLowError)
})
