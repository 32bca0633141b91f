import { InvalidArgumentError } from '@aitoken/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { trainTokenizer } from './trainTokenizer.js'

test('default', () => {
  const { merges, size } = trainTokenizer({ size: 258, text: 'aaab aaab' })
  expect(merges).toEqual([
    [97, 97],
    [97, 98],
  ])
  expect(size).toBe(258)
})

test('behavior: of equally frequent pairs the lower one wins', () => {
  expect(trainTokenizer({ size: 257, text: 'yz,ab,yz,ab' }).merges).toEqual([[97, 98]])
})

test('behavior: stops when no pair occurs twice', () => {
  expect(trainTokenizer({ size: 4096, text: 'abc' }).size).toBe(256)
})

test('behavior: no token is longer than 32 bytes', () => {
  const { bytes } = trainTokenizer({ size: 300, text: `${'a'.repeat(64)} `.repeat(50) })
  expect(Math.max(...bytes.map(({ length }) => length))).toBe(32)
})

test('error: InvalidArgumentError', () => {
  for (const size of [255, 4097, 300.5, Number.NaN])
    expect(() => trainTokenizer({ size, text: 'a' })).toThrow(InvalidArgumentError)
})

test('property: the same text gives the same tokenizer', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200, unit: 'grapheme' }), (text) => {
      expect(trainTokenizer({ size: 280, text }).merges).toEqual(trainTokenizer({ size: 280, text }).merges)
    }),
    { numRuns: 30 },
  )
})
