import { InvalidArgumentError } from '@aitoken/core'
import fc from 'fast-check'
import { createWalletClient, custom, type Hex, parseGwei, toHex } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { mainnet } from 'viem/chains'
import { expect, test } from 'vitest'

import { toVoucherTypedData } from '../voucher/voucher.js'
import { PrivateKeyError } from './errors.js'
import { loadEngine } from './loadEngine.js'
import { privateKeyToSigner } from './privateKeyToSigner.js'

const engine = await loadEngine()
const bytes32 = fc.uint8Array({ maxLength: 32, minLength: 32 }).map((bytes): Hex => toHex(bytes))
const voucher = toVoucherTypedData({
  chainId: 1,
  channelId: `0x${'22'.repeat(32)}`,
  channels: `0x${'33'.repeat(20)}`,
  cumulativeAmount: 5n,
})

test('property: is the account that viem makes of the key', async () => {
  const property = fc.asyncProperty(bytes32, bytes32, async (privateKey, hash) => {
    const account = privateKeyToAccount(privateKey)
    const signer = privateKeyToSigner(privateKey, { engine })
    expect(signer).toMatchObject({ address: account.address, publicKey: account.publicKey, type: 'local' })
    expect(await signer.sign({ hash })).toBe(await account.sign({ hash }))
    expect(await signer.signTypedData(voucher)).toBe(await account.signTypedData(voucher))
    expect(await signer.signMessage({ message: hash })).toBe(await account.signMessage({ message: hash }))
  })
  await fc.assert(property, { numRuns: 20 })
})

test('behavior: signs transactions and authorizations as viem does', async () => {
  const privateKey = generatePrivateKey()
  const [account, signer] = [privateKeyToAccount(privateKey), privateKeyToSigner(privateKey, { engine })]
  const transaction = {
    chainId: 1,
    gas: 21_000n,
    maxFeePerGas: parseGwei('1'),
    nonce: 3,
    to: account.address,
  }
  const authorization = { address: account.address, chainId: 1, nonce: 1 }

  expect(await signer.signTransaction(transaction)).toBe(await account.signTransaction(transaction))
  expect(await signer.signAuthorization?.(authorization)).toEqual(
    await account.signAuthorization(authorization),
  )
})

test('behavior: signs for a client', async () => {
  const privateKey = generatePrivateKey()
  const client = createWalletClient({
    account: privateKeyToSigner(privateKey),
    chain: mainnet,
    transport: custom({ request: async () => toHex(1) }),
  })
  expect(await client.signTypedData(voucher)).toBe(
    await privateKeyToAccount(privateKey).signTypedData(voucher),
  )
})

test.each([
  '0x',
  `0x${'00'.repeat(32)}`,
  `0x${'ff'.repeat(32)}`,
  `0x${'11'.repeat(31)}`,
  `0x${'zz'.repeat(32)}`,
])('error: PrivateKeyError (%s)', (privateKey) => {
  expect(() => privateKeyToSigner(privateKey as Hex)).toThrow(PrivateKeyError)
  expect(() => privateKeyToSigner(privateKey as Hex, { engine })).toThrow(PrivateKeyError)
})

test('error: InvalidArgumentError', async () => {
  const signer = privateKeyToSigner(generatePrivateKey())
  for (const hash of ['0x', '0x1234'] as const)
    await expect(signer.sign({ hash })).rejects.toBeInstanceOf(InvalidArgumentError)
})

test('behavior: the key is in no message', () => {
  const secret = `0x${'ff'.repeat(32)}` as const
  expect(() => privateKeyToSigner(secret)).not.toThrow(secret.slice(2))
})
