import fc from 'fast-check'
import { concat, type Hex, size, slice, toHex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { expect, test } from 'vitest'

import { SignatureMalformedError } from './errors.js'
import { parseSignature } from './parseSignature.js'

const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
const account = privateKeyToAccount(`0x${'11'.repeat(32)}`)
const signature = await account.sign({ hash: `0x${'22'.repeat(32)}` })
const word = (value: bigint): Hex => toHex(value, { size: 32 })
const [r, s, v] = [slice(signature, 0, 32), slice(signature, 32, 64), slice(signature, 64)]

test('default', () => {
  expect(toHex(parseSignature(signature))).toBe(signature)
  expect(parseSignature(parseSignature(signature))).toEqual(parseSignature(signature))
})

test.each([
  ['no bytes', '0x'],
  ['64 bytes (ERC-2098)', slice(signature, 0, 64)],
  ['66 bytes', concat([signature, '0x00'])],
  ['no hexadecimal', `${signature.slice(0, -1)}g`],
  ['no prefix', signature.slice(2)],
  ['r is zero', concat([word(0n), s, v])],
  ['r is the order', concat([word(order), s, v])],
  ['s is zero', concat([r, word(0n), v])],
  ['s is the order', concat([r, word(order), v])],
  ['s is the high one', concat([r, word(order - BigInt(s)), v])],
  ['s is just above the half', concat([r, word(order / 2n + 1n), v])],
  ['v is 0', concat([r, s, '0x00'])],
  ['v is 1', concat([r, s, '0x01'])],
  ['v is 29', concat([r, s, '0x1d'])],
])('error: SignatureMalformedError (%s)', (_, malformed) => {
  expect(() => parseSignature(malformed)).toThrow(SignatureMalformedError)
})

test('behavior: takes the largest r and the middle s', () => {
  expect(size(toHex(parseSignature(concat([word(order - 1n), word(order / 2n), v]))))).toBe(65)
})

test('property: nothing but SignatureMalformedError comes out of nonsense', () => {
  const property = fc.property(fc.oneof(fc.string(), fc.uint8Array({ maxLength: 80 })), (nonsense) => {
    try {
      expect(parseSignature(nonsense).length).toBe(65)
    } catch (error) {
      expect(error).toBeInstanceOf(SignatureMalformedError)
    }
  })
  fc.assert(property, { numRuns: 500 })
})
