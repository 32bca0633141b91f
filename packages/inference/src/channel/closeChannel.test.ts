import { parseEther } from 'viem'
import { beforeEach, expect, test } from 'vitest'
import { bob, carol, dave, deployment, isolate, mallory } from '~test/anvil.js'
import { channelClientOf, fund, mined } from '~test/channels.js'

import { CaptureAboveAuthorizedError } from '../settlement/errors.js'
import { signStatement } from '../statement/signStatement.js'
import { signVoucher } from '../voucher/signVoucher.js'
import { ChannelSignatureError, ConsentExpiredError, NotPayeeError, NotPayerError } from './accessErrors.js'
import { closeChannel } from './closeChannel.js'
import { closeChannelWithStatement } from './closeChannelWithStatement.js'
import {
  ChannelClosedError,
  ChannelClosingError,
  ChannelExistsError,
  CloseNotRequestedError,
  GracePeriodError,
} from './errors.js'
import { getChannel } from './getChannel.js'
import { openChannel } from './openChannel.js'
import { requestClose } from './requestClose.js'
import { withdrawFromChannel } from './withdrawFromChannel.js'

const [payer, payee, stranger] = [channelClientOf(bob), channelClientOf(carol), channelClientOf(dave)]
const domain = { chainId: payer.chain.id, channels: deployment.paymentChannels }
const [deposit, cumulativeAmount, capture] = [parseEther('5'), parseEther('3'), parseEther('2')]
const deadline = 4_000_000_000n

isolate()
beforeEach(() => fund())

async function open() {
  const { channel, channelId, hash } = await openChannel(payer, { deposit, payee: carol.address })
  await mined(hash)
  const signature = await signVoucher(bob, { ...domain, channelId, cumulativeAmount })
  const before = await payer.ait.getBalance({ account: bob.address })
  const refunded = async () => (await payer.ait.getBalance({ account: bob.address })) - before
  return { channel, channelId, refunded, signature, voucher: { cumulativeAmount, signature } }
}

test('default: the payee takes what was spent and the payer gets the rest', async () => {
  const { channel, channelId, refunded, voucher } = await open()
  await mined(closeChannel(payee, { capture, channel, ...voucher }))
  expect(await payer.ait.getBalance({ account: carol.address })).toBe(capture)
  expect(await refunded()).toBe(deposit - capture)
  expect(await getChannel(payer, { channelId })).toMatchObject({ closed: true, settled: capture })
})

test('behavior: closes without a voucher when nothing was spent', async () => {
  const { channel, refunded } = await open()
  await mined(closeChannel(payee, { capture: 0n, channel, cumulativeAmount: 0n }))
  expect(await refunded()).toBe(deposit)
})

test('behavior: a closed channel never opens again', async () => {
  const { channel, voucher } = await open()
  await mined(closeChannel(payee, { capture, channel, ...voucher }))
  const reopened = openChannel(payer, { deposit, payee: carol.address, salt: channel.salt })
  await expect(reopened).rejects.toBeInstanceOf(ChannelExistsError)
  const again = closeChannel(payee, { capture, channel, ...voucher })
  await expect(again).rejects.toBeInstanceOf(ChannelClosedError)
})

test('error: only the payee closes, within the voucher', async () => {
  const { channel, voucher } = await open()
  const byPayer = closeChannel(payer, { capture, channel, ...voucher })
  await expect(byPayer).rejects.toBeInstanceOf(NotPayeeError)
  const above = closeChannel(payee, { capture: cumulativeAmount + 1n, channel, ...voucher })
  await expect(above).rejects.toBeInstanceOf(CaptureAboveAuthorizedError)
  const forged = await signVoucher(mallory, {
    ...domain,
    channelId: `0x${'00'.repeat(32)}`,
    cumulativeAmount,
  })
  const taken = closeChannel(payee, { capture, channel, cumulativeAmount, signature: forged })
  await expect(taken).rejects.toBeInstanceOf(ChannelSignatureError)
})

test("default: anybody closes with the payee's statement and a voucher", async () => {
  const { channel, channelId, refunded, voucher } = await open()
  const statement = { ...domain, channelId, deadline, spent: capture }
  const payeeSignature = await signStatement(carol, statement)
  const parameters = { channel, deadline, payeeSignature, spent: capture }

  const unagreed = closeChannelWithStatement(stranger, parameters)
  await expect(unagreed).rejects.toBeInstanceOf(CaptureAboveAuthorizedError)
  await mined(closeChannelWithStatement(stranger, { ...parameters, ...voucher }))
  expect(await refunded()).toBe(deposit - capture)
})

test("behavior: the payer closes with the payee's statement alone", async () => {
  const { channel, channelId, refunded } = await open()
  const payeeSignature = await signStatement(carol, { ...domain, channelId, deadline, spent: 0n })
  await mined(closeChannelWithStatement(payer, { channel, deadline, payeeSignature, spent: 0n }))
  expect(await refunded()).toBe(deposit)
})

test('error: statements of somebody else, of another sum, or too old', async () => {
  const { channel, channelId } = await open()
  const statement = { ...domain, channelId, deadline, spent: 1n }
  const close = (payeeSignature: `0x${string}`, last = deadline) =>
    closeChannelWithStatement(payer, { channel, deadline: last, payeeSignature, spent: 1n })
  await expect(close(await signStatement(mallory, statement))).rejects.toBeInstanceOf(ChannelSignatureError)
  const other = await signStatement(carol, { ...statement, spent: 2n })
  await expect(close(other)).rejects.toBeInstanceOf(ChannelSignatureError)
  const late = await signStatement(carol, { ...statement, deadline: 1n })
  await expect(close(late, 1n)).rejects.toBeInstanceOf(ConsentExpiredError)
})

test('default: the payer leaves alone after the grace period', async () => {
  const { channel, channelId, refunded } = await open()
  await expect(withdrawFromChannel(payer, { channel })).rejects.toBeInstanceOf(CloseNotRequestedError)
  await mined(requestClose(payer, { channel }))
  await expect(requestClose(payer, { channel })).rejects.toBeInstanceOf(ChannelClosingError)
  await expect(withdrawFromChannel(payer, { channel })).rejects.toBeInstanceOf(GracePeriodError)
  await payer.increaseTime({ seconds: 900 })
  await payer.mine({ blocks: 1 })
  await mined(withdrawFromChannel(payer, { channel }))
  expect(await refunded()).toBe(deposit)
  expect((await getChannel(payer, { channelId })).closed).toBe(true)
})

test('error: NotPayerError', async () => {
  const { channel } = await open()
  await expect(requestClose(payee, { channel })).rejects.toBeInstanceOf(NotPayerError)
  await expect(withdrawFromChannel(payee, { channel })).rejects.toBeInstanceOf(NotPayerError)
})
