import fc from 'fast-check'
import { concat, type Hex, hashTypedData, slice, toHex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { expect, test } from 'vitest'

import { loadEngine } from '../signature/loadEngine.js'
import { privateKeyToSigner } from '../signature/privateKeyToSigner.js'
import { createVoucherVerifier } from './createVoucherVerifier.js'
import { VoucherAmountError, VoucherMalformedError, VoucherSignerError } from './errors.js'
import { hashVoucher } from './hashVoucher.js'
import { signVoucher } from './signVoucher.js'
import { verifyVoucher } from './verifyVoucher.js'
import { toVoucherTypedData } from './voucher.js'

const engine = await loadEngine()
const account = privateKeyToAccount(`0x${'11'.repeat(32)}`)
const signer = privateKeyToSigner(`0x${'11'.repeat(32)}`, { engine })
const mallory = privateKeyToSigner(`0x${'66'.repeat(32)}`, { engine })
const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

const hexOf = (size: number) =>
  fc.uint8Array({ maxLength: size, minLength: size }).map((bytes): Hex => toHex(bytes))
const vouchers = fc.record({
  chainId: fc.integer({ max: 2 ** 48, min: 1 }),
  channelId: hexOf(32),
  channels: hexOf(20),
  cumulativeAmount: fc.bigInt({ max: 2n ** 96n - 1n, min: 0n }),
})
const [voucher] = fc.sample(vouchers, { numRuns: 1, seed: 1 })
if (!voucher) throw new RangeError('fast-check gave no sample')

test('property: hashes to what viem hashes', () => {
  const property = fc.property(vouchers, (voucher) => {
    const expected = hashTypedData(toVoucherTypedData(voucher))
    expect(hashVoucher(voucher)).toBe(expected)
    expect(hashVoucher({ ...voucher, engine })).toBe(expected)
  })
  fc.assert(property, { numRuns: 200 })
})

test('property: any account signs the same', async () => {
  const property = fc.asyncProperty(vouchers, async (voucher) => {
    expect(await signVoucher(signer, voucher)).toBe(await signVoucher(account, voucher))
  })
  await fc.assert(property, { numRuns: 20 })
})

test('property: verifies what was signed, and nothing else', async () => {
  const property = fc.asyncProperty(vouchers, vouchers, async (voucher, other) => {
    const signature = await signVoucher(signer, voucher)
    const signed = { ...voucher, engine, signature, signer: signer.address }
    await expect(verifyVoucher(signed)).resolves.toBeUndefined()
    const verifier = createVoucherVerifier(signed)
    verifier.verify(signed)

    for (const field of ['chainId', 'channelId', 'channels', 'cumulativeAmount'] as const) {
      const altered = { ...signed, [field]: other[field] }
      if (other[field] === voucher[field]) continue
      await expect(verifyVoucher(altered)).rejects.toBeInstanceOf(VoucherSignerError)
      const remembering = createVoucherVerifier(altered)
      expect(() => remembering.verify(altered)).toThrow(VoucherSignerError)
      if (field === 'channelId' || field === 'cumulativeAmount')
        expect(() => verifier.verify(altered)).toThrow(VoucherSignerError)
    }
    const forged = { ...signed, signature: await signVoucher(mallory, voucher) }
    await expect(verifyVoucher(forged)).rejects.toMatchObject({ recovered: mallory.address })
    expect(() => verifier.verify(forged)).toThrow(VoucherSignerError)
  })
  await fc.assert(property, { numRuns: 20 })
})

test('property: any flipped bit of the signature fails', async () => {
  const signature = await signVoucher(signer, voucher)
  const property = fc.asyncProperty(fc.nat({ max: 65 * 8 - 1 }), async (bit) => {
    const flipped = toHex(BigInt(signature) ^ (1n << BigInt(bit)), { size: 65 })
    const error = await verifyVoucher({
      ...voucher,
      engine,
      signature: flipped,
      signer: signer.address,
    }).catch((error: unknown) => error)
    expect(['VoucherMalformedError', 'VoucherSignerError']).toContain((error as Error).name)
  })
  await fc.assert(property, { numRuns: 200 })
})

test('error: VoucherMalformedError', async () => {
  const signature = await signVoucher(signer, voucher)
  const [r, s] = [slice(signature, 0, 32), slice(signature, 32, 64)]
  const high = concat([r, toHex(order - BigInt(s), { size: 32 }), signature.endsWith('1b') ? '0x1c' : '0x1b'])
  const verifier = createVoucherVerifier({ ...voucher, engine })
  for (const malformed of ['0x', '0xzz', high, slice(signature, 0, 64), concat([r, s, '0x00'])] as Hex[]) {
    const parameters = { ...voucher, engine, signature: malformed, signer: signer.address }
    await expect(verifyVoucher(parameters)).rejects.toBeInstanceOf(VoucherMalformedError)
    expect(() => verifier.verify(parameters)).toThrow(VoucherMalformedError)
  }
  expect(() => hashVoucher({ ...voucher, channelId: '0x12' })).toThrow(VoucherMalformedError)
  expect(() => hashVoucher({ ...voucher, channels: '0x12' })).toThrow(VoucherMalformedError)
  for (const wrong of [
    { cumulativeAmount: 5 },
    { cumulativeAmount: '5' },
    { channelId: null },
    { channelId: 7 },
  ]) {
    const parameters: typeof voucher = Object.assign({ ...voucher }, wrong)
    expect(() => hashVoucher(parameters)).toThrow(VoucherMalformedError)
  }
})

test('property: nonsense from outside gives a typed error, whatever it is', () => {
  const verifier = createVoucherVerifier({ ...voucher, engine })
  const nonsense = fc.record({
    channelId: fc.oneof(hexOf(32), fc.anything()),
    cumulativeAmount: fc.oneof(fc.bigInt(), fc.anything()),
    signature: fc.oneof(hexOf(65), fc.uint8Array({ maxLength: 70 }), fc.anything()),
  })
  const names = ['VoucherAmountError', 'VoucherMalformedError', 'VoucherSignerError']
  const property = fc.property(nonsense, (values) => {
    const parameters: Parameters<typeof verifier.verify>[0] = Object.assign(
      { ...voucher, signature: '0x' as Hex, signer: signer.address },
      values,
    )
    try {
      verifier.verify(parameters)
      expect.unreachable('nobody signed nonsense')
    } catch (error) {
      expect(names).toContain((error as Error).name)
    }
  })
  fc.assert(property, { numRuns: 2_000 })
})

test('error: VoucherAmountError', async () => {
  for (const cumulativeAmount of [-1n, 2n ** 96n, 2n ** 128n]) {
    await expect(signVoucher(signer, { ...voucher, cumulativeAmount })).rejects.toBeInstanceOf(
      VoucherAmountError,
    )
    await expect(signVoucher(account, { ...voucher, cumulativeAmount })).rejects.toBeInstanceOf(
      VoucherAmountError,
    )
  }
})

test('behavior: forgets signers beyond its capacity, and still checks them', async () => {
  const verifier = createVoucherVerifier({ ...voucher, capacity: 1, engine })
  for (const each of [signer, mallory, signer, mallory]) {
    const signature = await signVoucher(each, voucher)
    verifier.verify({ ...voucher, signature, signer: each.address })
    const other = each === signer ? mallory.address : signer.address
    expect(() => verifier.verify({ ...voucher, signature, signer: other })).toThrow(VoucherSignerError)
  }
})
