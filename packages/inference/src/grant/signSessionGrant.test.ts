import fc from 'fast-check'
import { type Hex, hashTypedData, toHex } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { expect, test } from 'vitest'
import { bob, mallory } from '~test/accounts.js'

import { loadEngine } from '../signature/loadEngine.js'
import { privateKeyToSigner } from '../signature/privateKeyToSigner.js'
import { createReceiptCode, createRequestCode, isSameCode } from './createRequestCode.js'
import { GrantMalformedError, GrantSignerError } from './errors.js'
import { hashSessionGrant } from './hashSessionGrant.js'
import { nameSessionKey } from './nameSessionKey.js'
import { toSessionGrantTypedData } from './sessionGrant.js'
import { signSessionGrant } from './signSessionGrant.js'
import { verifySessionGrant } from './verifySessionGrant.js'

const key: Hex = `0x${'77'.repeat(32)}`
const grant = {
  chainId: 8453,
  channelId: `0x${'11'.repeat(32)}`,
  channels: `0x${'22'.repeat(20)}`,
  expiry: 1_800_000_000n,
  keyHash: nameSessionKey({ key }).keyHash,
  limit: 1_000_000n,
} as const

const bytes = (size: number) =>
  fc.uint8Array({ maxLength: size, minLength: size }).map((value): Hex => toHex(value))

test('default', async () => {
  const signature = await signSessionGrant(bob, grant)
  await verifySessionGrant({ ...grant, signature, signer: bob.address })
  expect(hashSessionGrant(grant)).toBe(hashTypedData(toSessionGrantTypedData(grant)))
  expect(nameSessionKey({ key }).keyId).toBe(grant.keyHash.slice(0, 18))
})

test('behavior: a fast signer signs the same', async () => {
  const secret = generatePrivateKey()
  const signer = privateKeyToSigner(secret, { engine: await loadEngine() })
  expect(await signSessionGrant(signer, grant)).toBe(
    await signSessionGrant(privateKeyToAccount(secret), grant),
  )
})

test('error: GrantSignerError', async () => {
  const signature = await signSessionGrant(mallory, grant)
  const verified = verifySessionGrant({ ...grant, signature, signer: bob.address })
  await expect(verified).rejects.toBeInstanceOf(GrantSignerError)
})

test('error: GrantMalformedError', async () => {
  const wrong = { ...grant, limit: 2n ** 128n }
  await expect(signSessionGrant(bob, wrong)).rejects.toBeInstanceOf(GrantMalformedError)
  await expect(signSessionGrant(bob, { ...grant, expiry: -1n })).rejects.toBeInstanceOf(GrantMalformedError)
  const unsigned = verifySessionGrant({ ...grant, signature: '0x11', signer: bob.address })
  await expect(unsigned).rejects.toBeInstanceOf(GrantMalformedError)
  expect(() => nameSessionKey({ key: '0x11' })).toThrow(GrantMalformedError)
})

test('property: an altered field of a grant does not verify', async () => {
  const signature = await signSessionGrant(bob, grant)
  const changes = fc.oneof(
    fc.record({ channelId: bytes(32) }),
    fc.record({ channels: bytes(20) }),
    fc.record({ keyHash: bytes(32) }),
    fc.record({
      limit: fc.bigInt({ max: 2n ** 128n - 1n, min: 0n }).filter((limit) => limit !== grant.limit),
    }),
    fc.record({ expiry: fc.bigInt({ max: 2n ** 64n - 1n, min: 0n }).filter((end) => end !== grant.expiry) }),
    fc.record({ chainId: fc.nat().filter((chainId) => chainId !== grant.chainId) }),
  )
  await fc.assert(
    fc.asyncProperty(changes, async (change) => {
      const verified = verifySessionGrant({ ...grant, ...change, signature, signer: bob.address })
      await expect(verified).rejects.toBeInstanceOf(GrantSignerError)
    }),
    { numRuns: 50 },
  )
})

test('behavior: codes that other implementations must make too', () => {
  const code = createRequestCode({
    body: new TextEncoder().encode('{"model":"shakespeare"}'),
    channelId: grant.channelId,
    counter: 258n,
    key,
    path: '/v1/completions',
    priceTag: '0x5555555555555555',
  })
  expect(code).toBe('0x8a452e544b700f687c65fa4fe4b66dd86db9d514b41baad1c5a5799831d64353')
  expect(createReceiptCode({ digest: new Uint8Array(32).fill(0x88), key })).toBe(
    '0x79b5e6ade1c40f47fc5f3c9155008a73f78e220330b2d5ba6870fefe08d749b7',
  )
})

test('property: an altered field of a request has another code', () => {
  const request = fc.record({
    body: fc.uint8Array({ maxLength: 50 }),
    channelId: bytes(32),
    counter: fc.bigInt({ max: 2n ** 64n - 1n, min: 0n }),
    key: bytes(32),
    path: fc.string({ maxLength: 30 }),
    priceTag: bytes(8),
    unreceipted: fc.boolean(),
  })
  fc.assert(
    fc.property(request, request, (one, other) => {
      const code = createRequestCode(one)
      expect(isSameCode(code, createRequestCode({ ...one }))).toBe(true)
      for (const [name, value] of Object.entries(other)) {
        const altered = { ...one, [name]: value }
        if (JSON.stringify(altered, print) === JSON.stringify(one, print)) continue
        expect(isSameCode(code, createRequestCode(altered))).toBe(false)
      }
    }),
  )
})

function print(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}` : value
}
