import fc from 'fast-check'
import { parseSignature, serializeCompactSignature, signatureToCompactSignature } from 'viem'
import { sign } from 'viem/accounts'
import { expect, test } from 'vitest'
import { keys } from '~test/accounts.js'

import { InvalidSignatureError } from '../errors/InvalidSignatureError.js'
import { splitSignature } from './splitSignature.js'

const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const hash = fc
  .uint8Array({ maxLength: 32, minLength: 32 })
  .map((bytes) => `0x${Buffer.from(bytes).toString('hex')}` as const)

test('property: agrees with viem, in both forms', async () => {
  await fc.assert(
    fc.asyncProperty(hash, async (hash) => {
      const signature = await sign({ hash, privateKey: keys.alice, to: 'hex' })
      const { r, s, v } = parseSignature(signature)
      const expected = { r, s, v: Number(v) }
      expect(splitSignature(signature)).toEqual(expected)
      const compact = serializeCompactSignature(signatureToCompactSignature(parseSignature(signature)))
      expect(splitSignature(compact)).toEqual(expected)
      // Some signers end in 0 or 1.
      const parity = `${signature.slice(0, 130)}${v === 27n ? '00' : '01'}` as const
      expect(splitSignature(parity as `0x${string}`)).toEqual(expected)
    }),
    { numRuns: 25 },
  )
})

test('property: the upper half of s is refused', async () => {
  await fc.assert(
    fc.asyncProperty(hash, async (hash) => {
      const { r, s, v } = parseSignature(await sign({ hash, privateKey: keys.alice, to: 'hex' }))
      const high = (order - BigInt(s)).toString(16).padStart(64, '0')
      expect(() => splitSignature(`${r}${high}${v === 27n ? '1c' : '1b'}`)).toThrow(InvalidSignatureError)
    }),
    { numRuns: 10 },
  )
})

test('error: InvalidSignatureError', () => {
  for (const signature of [
    '0x',
    '0x12',
    `0x${'11'.repeat(63)}`,
    `0x${'11'.repeat(66)}`,
    `0x${'11'.repeat(64)}1d`,
    '0xzz',
  ] as const)
    expect(() => splitSignature(signature)).toThrow(InvalidSignatureError)
})
