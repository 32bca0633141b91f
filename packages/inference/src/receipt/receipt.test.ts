import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { bytesToHex, type Hex, hashTypedData, toHex } from 'viem'
import { expect, test } from 'vitest'
import { carol, keys, mallory } from '~test/accounts.js'

import { SignatureMalformedError } from '../signature/errors.js'
import { loadEngine } from '../signature/loadEngine.js'
import { privateKeyToSigner } from '../signature/privateKeyToSigner.js'
import {
  BillExceedsUsageError,
  ReceiptMalformedError,
  ReceiptMismatchError,
  ReceiptSignerError,
} from './errors.js'
import { createReceiptHasher, hashReceipt } from './hashReceipt.js'
import { emptyReceipt, toReceiptTypedData, type UsageReceipt } from './receipt.js'
import { signReceipt, signReceiptDigest } from './signReceipt.js'
import { verifyReceipt } from './verifyReceipt.js'

const engine = await loadEngine()
const domain = { chainId: 31_337, channels: '0x5FbDB2315678afecb367f032d93F642f64180aa3' } as const
const word = fc.uint8Array({ maxLength: 32, minLength: 32 }).map((bytes): Hex => toHex(bytes))
const amount = fc.bigInt({ max: 2n ** 128n - 1n, min: 0n })
const receipts: fc.Arbitrary<UsageReceipt> = fc.record({
  cachedInputTokens: fc.maxSafeNat(),
  channelId: word,
  cost: amount,
  cumulative: amount,
  inputTokens: fc.maxSafeNat(),
  modelHash: word,
  outputTokens: fc.maxSafeNat(),
  policyHash: word,
  priceTableHash: word,
  reasoningTokens: fc.maxSafeNat(),
  requestHash: word,
  responseHash: word,
  sequence: fc.bigInt({ max: 2n ** 64n - 1n, min: 0n }),
})

test('property: hashes as viem does', () => {
  const hash = createReceiptHasher(engine, domain)
  fc.assert(
    fc.property(receipts, (receipt) => {
      expect(bytesToHex(hash(receipt))).toBe(hashTypedData(toReceiptTypedData({ ...domain, receipt })))
    }),
  )
})

test('property: what was signed verifies, and any altered field does not', async () => {
  const property = fc.asyncProperty(receipts, fc.nat(12), async (receipt, index) => {
    const signature = await signReceipt(carol, { ...domain, receipt })
    const signed = { ...domain, receipt, signature, signer: carol.address }
    await verifyReceipt(signed)
    const [field, value] = Object.entries(receipt)[index] ?? []
    const changed =
      typeof value === 'bigint'
        ? value ^ 1n
        : typeof value === 'number'
          ? Math.abs(value - 1)
          : `${value?.slice(0, -1)}${value?.endsWith('0') ? '1' : '0'}`
    const altered = { ...receipt, [field ?? '']: changed }
    await expect(verifyReceipt({ ...signed, receipt: altered })).rejects.toBeInstanceOf(ReceiptSignerError)
    await expect(verifyReceipt({ ...signed, chainId: 1 })).rejects.toBeInstanceOf(ReceiptSignerError)
    await expect(verifyReceipt({ ...signed, channels: mallory.address })).rejects.toBeInstanceOf(
      ReceiptSignerError,
    )
    await expect(verifyReceipt({ ...signed, signer: mallory.address })).rejects.toBeInstanceOf(
      ReceiptSignerError,
    )
  })
  await fc.assert(property, { numRuns: 30 })
})

test('behavior: every kind of account signs the same', async () => {
  const receipt = { ...emptyReceipt(), sequence: 1n }
  const digest = createReceiptHasher(engine, domain)(receipt)
  const parameters = { ...domain, receipt }
  const expected = await signReceipt(carol, parameters)
  const { address, signTypedData } = carol
  for (const account of [carol, privateKeyToSigner(keys.carol, { engine }), { address, signTypedData }])
    expect(await signReceiptDigest(account, digest, parameters)).toBe(expected)
})

const price = {
  cachedInput: 1n,
  input: 2_000_000n,
  model: 'm',
  output: 3_000_000n,
  reasoning: 3_000_000n,
  request: 1n,
}
const requestBody = new TextEncoder().encode('{"prompt":"To be"}')
const responseBody = new TextEncoder().encode('{"text":" or not to be"}')
const honest: UsageReceipt = {
  ...emptyReceipt(),
  cost: 2n * 2n + 3n * 4n + 1n,
  inputTokens: 2,
  outputTokens: 4,
  requestHash: bytesToHex(sha256(requestBody)),
  responseHash: bytesToHex(sha256(responseBody)),
}
const check = async (receipt: UsageReceipt, changes: Partial<verifyReceipt.Parameters> = {}) => {
  const signature = await signReceipt(carol, { ...domain, receipt })
  const given = { price, requestBody, responseBody, signature, signer: carol.address, ...changes }
  return verifyReceipt({ ...domain, receipt, ...given })
}

test('default', async () => {
  await expect(check(honest)).resolves.toBeUndefined()
})

test('error: BillExceedsUsageError', async () => {
  const error = await check({ ...honest, cost: honest.cost + 5n }).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(BillExceedsUsageError)
  expect(error).toMatchObject({ billed: honest.cost + 5n, difference: 5n, due: honest.cost })
})

test('error: ReceiptMismatchError', async () => {
  const other = new TextEncoder().encode('{}')
  await expect(check(honest, { requestBody: other })).rejects.toBeInstanceOf(ReceiptMismatchError)
  await expect(check(honest, { responseBody: other })).rejects.toBeInstanceOf(ReceiptMismatchError)
})

test('error: SignatureMalformedError, ReceiptMalformedError', async () => {
  await expect(check(honest, { signature: '0x12' })).rejects.toBeInstanceOf(SignatureMalformedError)
  expect(() => hashReceipt(engine, { ...domain, receipt: { ...honest, inputTokens: -1 } })).toThrow(
    ReceiptMalformedError,
  )
  expect(() => hashReceipt(engine, { ...domain, receipt: { ...honest, cost: 2n ** 128n } })).toThrow(
    ReceiptMalformedError,
  )
})
