import { type Hex, parseEther, toHex } from 'viem'
import { beforeEach, expect, test } from 'vitest'
import { bob, carol, dave, deployment, isolate, keys, mallory } from '~test/anvil.js'
import { channelClientOf, fund, mined } from '~test/channels.js'

import { ChannelSignatureError, NotPayeeError } from '../channel/accessErrors.js'
import { ChannelMissingError } from '../channel/errors.js'
import { getChannel } from '../channel/getChannel.js'
import { openChannel } from '../channel/openChannel.js'
import { privateKeyToSigner } from '../signature/privateKeyToSigner.js'
import { createVoucherVerifier } from '../voucher/createVoucherVerifier.js'
import { signVoucher } from '../voucher/signVoucher.js'
import { CaptureAboveAuthorizedError, CaptureAboveDepositError, CaptureTooLowError } from './errors.js'
import { isOperator } from './isOperator.js'
import { readSettlements } from './readSettlements.js'
import { setOperator } from './setOperator.js'
import { settleChannel } from './settleChannel.js'

const [payer, payee] = [channelClientOf(bob), channelClientOf(carol)]
const domain = { chainId: payer.chain.id, channels: deployment.paymentChannels }
const deposit = parseEther('5')
const [cumulativeAmount, capture] = [parseEther('3'), parseEther('2')]

isolate()
beforeEach(() => fund())

async function open(authorizedSigner?: Hex) {
  const { channel, channelId, hash } = await openChannel(payer, {
    authorizedSigner,
    deposit,
    payee: carol.address,
  })
  await mined(hash)
  return { channel, voucher: { ...domain, channelId, cumulativeAmount } }
}

test('default', async () => {
  const { channel, voucher } = await open()
  const signature = await signVoucher(bob, voucher)
  const { receipt } = await mined(settleChannel(payee, { capture, channel, cumulativeAmount, signature }))

  expect(readSettlements(receipt.logs)).toEqual({
    settled: [{ channelId: voucher.channelId, settled: capture }],
    skipped: [],
  })
  expect((await getChannel(payer, voucher)).settled).toBe(capture)
  expect(await payer.ait.getBalance({ account: carol.address })).toBe(capture)
})

test("behavior: the channel's own key signs, by our engine", async () => {
  const { channel, voucher } = await open(dave.address)
  const signature = await signVoucher(privateKeyToSigner(keys.dave), voucher)
  await mined(settleChannel(payee, { capture, channel, cumulativeAmount, signature }))
  expect((await getChannel(payer, voucher)).settled).toBe(capture)
})

test('behavior: a voucher that the fast verifier took settles, whatever its last byte says', async () => {
  const { channel, voucher } = await open()
  const verifier = createVoucherVerifier(domain)
  const signature = await signVoucher(bob, voucher)
  verifier.verify({ ...voucher, signature, signer: bob.address })
  const flipped: Hex = `${signature.slice(0, -2) as Hex}${signature.endsWith('1b') ? '1c' : '1b'}`
  verifier.verify({ ...voucher, signature: flipped, signer: bob.address })

  await mined(settleChannel(payee, { capture, channel, cumulativeAmount, signature: flipped }))
  expect((await getChannel(payer, voucher)).settled).toBe(capture)
})

test('behavior: an operator settles for the payee, until it may not', async () => {
  const { channel, voucher } = await open()
  const signature = await signVoucher(bob, voucher)
  const operator = channelClientOf(dave)
  const settled = { capture, channel, cumulativeAmount, signature }
  const pair = { operator: dave.address, payee: carol.address }

  await expect(settleChannel(operator, settled)).rejects.toBeInstanceOf(NotPayeeError)
  await mined(setOperator(payee, { approved: true, operator: dave.address }))
  expect(await isOperator(payee, pair)).toBe(true)
  await mined(settleChannel(operator, settled))
  await mined(setOperator(payee, { approved: false, operator: dave.address }))
  expect(await isOperator(payee, pair)).toBe(false)
  const more = settleChannel(operator, { ...settled, capture: capture + 1n })
  await expect(more).rejects.toBeInstanceOf(NotPayeeError)
})

test('behavior: a contract wallet signs as it likes (ERC-1271)', async () => {
  const wallet = '0x00000000000000000000000000000000000a11ce'
  // Answers every question with the selector of `isValidSignature`: yes.
  await payer.setCode({ address: wallet, bytecode: '0x631626ba7e60e01b60005260206000f3' })
  const { channel, voucher } = await open(wallet)
  await mined(settleChannel(payee, { capture, channel, cumulativeAmount, signature: '0xc0ffee' }))
  expect((await getChannel(payer, voucher)).settled).toBe(capture)
})

test('error: ChannelSignatureError for another signer, chain, contract, channel or amount', async () => {
  const { channel, voucher } = await open()
  const other = await open()
  const signatures = [
    await signVoucher(mallory, voucher),
    await signVoucher(bob, { ...voucher, chainId: 1 }),
    await signVoucher(bob, { ...voucher, channels: dave.address }),
    await signVoucher(bob, other.voucher),
    await signVoucher(bob, { ...voucher, cumulativeAmount: cumulativeAmount - 1n }),
    toHex(new Uint8Array(65)),
    '0x' as const,
  ]
  for (const signature of signatures) {
    const settled = settleChannel(payee, { capture, channel, cumulativeAmount, signature })
    await expect(settled).rejects.toBeInstanceOf(ChannelSignatureError)
  }
  expect((await getChannel(payer, voucher)).settled).toBe(0n)
})

test('error: captures that the voucher or the channel does not cover', async () => {
  const { channel, voucher } = await open()
  const signature = await signVoucher(bob, voucher)
  const settle = (capture: bigint, amount = cumulativeAmount, sign = signature) =>
    settleChannel(payee, { capture, channel, cumulativeAmount: amount, signature: sign })

  await expect(settle(0n)).rejects.toBeInstanceOf(CaptureTooLowError)
  await expect(settle(cumulativeAmount + 1n)).rejects.toBeInstanceOf(CaptureAboveAuthorizedError)
  const above = deposit + 1n
  const signed = await signVoucher(bob, { ...voucher, cumulativeAmount: above })
  await expect(settle(above, above, signed)).rejects.toMatchObject({ capture: above, deposit })
  await expect(settle(above, above, signed)).rejects.toBeInstanceOf(CaptureAboveDepositError)
  await mined(settle(capture))
  await expect(settle(capture)).rejects.toMatchObject({ capture, settled: capture })
})

test('error: ChannelMissingError', async () => {
  const { channel, voucher } = await open()
  const signature = await signVoucher(bob, voucher)
  const other = { ...channel, token: dave.address }
  const settled = settleChannel(payee, { capture, channel: other, cumulativeAmount, signature })
  await expect(settled).rejects.toBeInstanceOf(ChannelMissingError)
})
