import fc from 'fast-check'
import { bytesToHex } from 'viem'
import { afterEach, expect, test, vi } from 'vitest'

import { readHex, toHex } from './hex.js'

afterEach(() => {
  vi.unstubAllGlobals()
})

const bytes = fc.uint8Array({ maxLength: 200 })

test('default', () => {
  fc.assert(fc.property(bytes, (value) => toHex(value) === bytesToHex(value)))
})

test('behavior: prints the same where there is no Buffer', () => {
  vi.stubGlobal('Buffer', undefined)
  fc.assert(fc.property(bytes, (value) => toHex(value) === bytesToHex(value)))
})

test('behavior: prints a part of a larger buffer', () => {
  expect(toHex(Uint8Array.from([1, 2, 3, 255]).subarray(1, 3))).toBe('0x0203')
})

test('property: what was printed reads back', () => {
  fc.assert(
    fc.property(bytes, (value) => {
      expect(readHex(toHex(value), value.length)).toEqual(value)
    }),
  )
})
