import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'

import type { Claim } from './createClaim.js'
import { createClaim } from './createClaim.js'
import { deriveKeys, openAnswer, sealAnswer } from './sealAnswer.js'

const secret = new Uint8Array(32).fill(7)
const claimOf = (changes: Partial<createClaim.Parameters> = {}): Claim =>
  createClaim({
    bytes: new TextEncoder().encode('{"model":"shakespeare"}'),
    channelId: `0x${'11'.repeat(32)}`,
    key: 'first',
    path: '/v1/completions',
    priceTag: '0x1122334455667788',
    ...changes,
  })
const claim = claimOf()
const numbers = { cumulative: 2n ** 96n - 1n, sequence: 3n }
const seal = async (data: Uint8Array<ArrayBuffer>) =>
  (await sealAnswer(deriveKeys(secret, claim), { data, fingerprint: claim.fingerprint }))(numbers)
const open = (sealed: Uint8Array, by: Claim = claim, under = secret) =>
  openAnswer(deriveKeys(under, by), { fingerprint: by.fingerprint, sealed })

afterEach(() => vi.restoreAllMocks())

test('default', async () => {
  const data = new TextEncoder().encode('O Romeo, Romeo')
  const sealed = await seal(data)
  expect(new TextDecoder('latin1').decode(sealed)).not.toContain('Romeo')
  expect(await open(sealed)).toEqual({ data, numbers })
  // The same answer under the same key never looks the same.
  expect(await seal(data)).not.toEqual(sealed)
})

test('behavior: nobody opens it without the secret, the channel, the key and the request', async () => {
  const sealed = await seal(new Uint8Array(10))
  expect(await open(sealed, claimOf({ key: 'second' }))).toBeUndefined()
  expect(await open(sealed, claimOf({ channelId: `0x${'22'.repeat(32)}` }))).toBeUndefined()
  expect(await open(sealed, claimOf({ path: '/v1/chat/completions' }))).toBeUndefined()
  expect(await open(sealed, claim, new Uint8Array(32))).toBeUndefined()
})

test('behavior: a request is named by channel and key, and told apart by path, prices and body', () => {
  expect(claimOf({ bytes: new Uint8Array(1) }).requestId).toBe(claim.requestId)
  expect(claimOf({ key: 'second' }).requestId).not.toBe(claim.requestId)
  expect(claimOf({ channelId: `0x${'22'.repeat(32)}` }).requestId).not.toBe(claim.requestId)
  for (const change of [
    { bytes: new Uint8Array(1) },
    { path: '/v1/chat/completions' },
    { priceTag: '0x1122334455667789' as const },
  ])
    expect(claimOf(change).fingerprint).not.toBe(claim.fingerprint)
  expect(JSON.stringify({ ...claim, key: undefined })).not.toContain('first')
})

test('behavior: WebCrypto and Node open what the other sealed', async () => {
  const data = new TextEncoder().encode('Wherefore art thou')
  const byNode = await seal(data)
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined)
  expect(await open(byNode)).toEqual({ data, numbers })
  const byWeb = await seal(data)
  vi.restoreAllMocks()
  expect(await open(byWeb)).toEqual({ data, numbers })
})

test('property: what was sealed opens, and nothing else does', async () => {
  const property = fc.asyncProperty(
    fc.uint8Array({ maxLength: 300 }),
    fc.nat(),
    fc.integer({ max: 255, min: 1 }),
    async (bytes, at, change) => {
      const data = new Uint8Array(bytes)
      const sealed = await seal(data)
      expect(await open(sealed)).toEqual({ data, numbers })
      const altered = sealed.slice()
      const index = at % altered.length
      altered[index] = (altered[index] ?? 0) ^ change
      expect(await open(altered)).toBeUndefined()
      expect(await open(sealed.slice(0, index))).toBeUndefined()
    },
  )
  await fc.assert(property, { numRuns: 200 })
})
