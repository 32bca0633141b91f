import { InvalidAddressError, InvalidAmountError, InvalidArgumentError } from '@aitoken/core'
import fc from 'fast-check'
import { type Hex, parseEther, size, toHex } from 'viem'
import { beforeEach, expect, test } from 'vitest'
import { bob, carol, dave, deployment, isolate, mallory } from '~test/anvil.js'
import { channelClientOf, fund, mined } from '~test/channels.js'

import { NotPayeeError } from '../channel/accessErrors.js'
import { createSalt } from '../channel/createSalt.js'
import { getChannels } from '../channel/getChannels.js'
import { openChannel } from '../channel/openChannel.js'
import { SignatureMalformedError } from '../signature/errors.js'
import { loadEngine } from '../signature/loadEngine.js'
import { signVoucher } from '../voucher/signVoucher.js'
import { packSettlements } from './packSettlements.js'
import { readSettlements } from './readSettlements.js'
import { settleChannels } from './settleChannels.js'
import type { Settlement } from './settlement.js'

const engine = await loadEngine()
const [payer, payee] = [channelClientOf(bob), channelClientOf(carol)]
const domain = { chainId: payer.chain.id, channels: deployment.paymentChannels }
const deposit = parseEther('5')

isolate()
beforeEach(() => fund())

async function opened(parameters: { authorizedSigner?: Hex; salt?: Hex } = {}) {
  const { channel, channelId, hash } = await openChannel(payer, {
    deposit,
    payee: carol.address,
    ...parameters,
  })
  await mined(hash)
  const signer = channel.authorizedSigner === dave.address ? dave : bob
  return async (cumulativeAmount: bigint, capture = cumulativeAmount) => {
    const signature = await signVoucher(signer, { ...domain, channelId, cumulativeAmount })
    return { channelId, settlement: { capture, channel, cumulativeAmount, signature } }
  }
}

test('property: settles every kind of row at its capture, in one transfer', async () => {
  const amounts = fc.bigInt({ max: deposit, min: 1n })
  const rows = fc.array(
    fc.record({
      authorized: amounts,
      hasSigner: fc.boolean(),
      isLong: fc.boolean(),
      part: fc.nat({ max: 100 }),
    }),
    { maxLength: 6, minLength: 1 },
  )
  const property = fc.asyncProperty(rows, async (rows) => {
    const before = await payer.ait.getBalance({ account: carol.address })
    const settlements: Settlement[] = []
    const expected: { channelId: Hex; settled: bigint }[] = []
    for (const { authorized, hasSigner, isLong, part } of rows) {
      const salt = isLong ? toHex(crypto.getRandomValues(new Uint8Array(32))) : createSalt()
      const settle = await opened({ ...(hasSigner ? { authorizedSigner: dave.address } : {}), salt })
      const capture = (authorized * BigInt(part)) / 100n || 1n
      const { channelId, settlement } = await settle(authorized, capture)
      settlements.push(settlement)
      expected.push({ channelId, settled: capture })
    }
    const { receipt } = await mined(settleChannels(payee, { engine, settlements }))
    expect(readSettlements(receipt.logs)).toEqual({ settled: expected, skipped: [] })
    const states = await getChannels(payer, { channelIds: expected.map(({ channelId }) => channelId) })
    expect(states.map(({ settled }) => settled)).toEqual(expected.map(({ settled }) => settled))
    const sum = expected.reduce((sum, { settled }) => sum + settled, 0n)
    expect((await payer.ait.getBalance({ account: carol.address })) - before).toBe(sum)
  })
  await fc.assert(property, { numRuns: 6 })
})

test('behavior: leaves bad rows out, says why, and pays the others', async () => {
  const good = await opened()
  const forged = await opened()
  const unknown = await opened()
  const above = await opened()
  const stale = await opened()
  const first = await good(10n)
  const { settlement: wrong } = await forged(10n)
  const signature = await signVoucher(mallory, {
    ...domain,
    channelId: first.channelId,
    cumulativeAmount: 10n,
  })
  const { settlement: missing } = await unknown(10n)
  const settlements: Settlement[] = [
    first.settlement,
    { ...wrong, signature },
    { ...missing, channel: { ...missing.channel, salt: createSalt() } },
    (await above(10n, 11n)).settlement,
    (await stale(deposit + 1n)).settlement,
    first.settlement,
  ]
  const { receipt } = await mined(settleChannels(payee, { settlements }))
  const { settled, skipped } = readSettlements(receipt.logs)
  expect(settled).toEqual([{ channelId: first.channelId, settled: 10n }])
  expect(skipped.map(({ batch, payee, reason, row }) => ({ batch, payee, reason, row }))).toEqual(
    [
      { reason: 'signature-invalid', row: 1 },
      { reason: 'channel-unknown', row: 2 },
      { reason: 'capture-above-authorized', row: 3 },
      { reason: 'capture-above-deposit', row: 4 },
      { reason: 'capture-too-low', row: 5 },
    ].map((skip) => ({ batch: 0, payee: carol.address, ...skip })),
  )
})

test('behavior: a row whose last signature byte was flipped is paid', async () => {
  const { channelId, settlement } = await (await opened())(10n)
  const { signature } = settlement
  const flipped: Hex = `0x${signature.slice(2, -2)}${signature.endsWith('1b') ? '1c' : '1b'}`
  const { receipt } = await mined(
    settleChannels(payee, { settlements: [{ ...settlement, signature: flipped }] }),
  )
  expect(readSettlements(receipt.logs).settled).toEqual([{ channelId, settled: 10n }])
})

test('behavior: one batch for each payee and token, whatever their spelling', async () => {
  const { settlement } = await (await opened())(10n)
  const { channel } = settlement
  const lower = { ...settlement, channel: { ...channel, payee: channel.payee.toLowerCase() as Hex } }
  const other = { ...settlement, channel: { ...channel, token: dave.address } }
  const batches = packSettlements([settlement, lower, other])
  expect(batches.map(({ rows }) => size(rows))).toEqual([2 * 117, 117])
})

test('error: NotPayeeError', async () => {
  const { settlement } = await (await opened())(10n)
  const settled = settleChannels(channelClientOf(mallory), { settlements: [settlement] })
  await expect(settled).rejects.toBeInstanceOf(NotPayeeError)
})

test('error: rows that cannot be packed', async () => {
  const { settlement } = await (await opened())(10n)
  const { channel } = settlement
  const pack = (change: Partial<Settlement>) => () => packSettlements([{ ...settlement, ...change }])
  expect(pack({ signature: '0x' })).toThrow(SignatureMalformedError)
  expect(pack({ capture: 2n ** 96n })).toThrow(InvalidAmountError)
  expect(pack({ cumulativeAmount: -1n })).toThrow(InvalidAmountError)
  expect(pack({ channel: { ...channel, payer: '0x12' } })).toThrow(InvalidAddressError)
  expect(pack({ channel: { ...channel, salt: '0x12' } })).toThrow(InvalidArgumentError)
})
