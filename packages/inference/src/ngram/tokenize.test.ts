import { InvalidArgumentError } from '@aitoken/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { detokenize, tokenize } from './tokenize.js'
import { createTokenizer } from './tokenizer.js'
import { trainTokenizer } from './trainTokenizer.js'

const text = 'the cat, the mat and the rat sat\nThe naïve café — 猫は猫\n\nthe other cat'
const tokenizer = trainTokenizer({ size: 320, text })

test('default', () => {
  const tokens = tokenize(tokenizer, { text: 'the cat' })
  expect(tokens.length).toBeLessThan('the cat'.length)
  expect(detokenize(tokenizer, { tokens })).toBe('the cat')
})

test('behavior: the earliest merge comes first', () => {
  const merges = createTokenizer({
    merges: [
      [97, 98],
      [98, 99],
      [256, 99],
    ],
  })
  expect([...tokenize(merges, { text: 'abc' })]).toEqual([258])
  expect([...tokenize(merges, { text: 'xbc' })]).toEqual([120, 257])
})

test('behavior: an empty text has no tokens', () => {
  expect(tokenize(tokenizer, { text: '' })).toHaveLength(0)
  expect(detokenize(tokenizer, { tokens: [] })).toBe('')
})

test('behavior: a byte order mark survives', () => {
  expect(detokenize(tokenizer, { tokens: tokenize(tokenizer, { text: '\uFEFFthe' }) })).toBe('\uFEFFthe')
})

test('behavior: a lone surrogate becomes U+FFFD', () => {
  expect(detokenize(tokenizer, { tokens: tokenize(tokenizer, { text: 'a\uD800b' }) })).toBe('a\uFFFDb')
})

test('behavior: the longest word is cut in linear time', () => {
  const long = 'the'.repeat(100_000)
  expect(detokenize(tokenizer, { tokens: tokenize(tokenizer, { text: long }) })).toBe(long)
})

test('error: InvalidArgumentError for a token of another tokenizer', () => {
  expect(() => detokenize(tokenizer, { tokens: [tokenizer.size] })).toThrow(InvalidArgumentError)
})

test('error: InvalidArgumentError for merges that cannot be', () => {
  const impossible = [
    [[256, 1]],
    [[-1, 1]],
    [[0.5, 1]],
    [
      [1, 2],
      [1, 2],
    ],
    Array.from({ length: 6 }, (_, index) => [255 + index, 255 + index]),
    Array.from({ length: 4000 }, (_, index) => [index % 256, index % 255]),
  ].map((merges) => merges.map(([left = 0, right = 0]) => [left, right] as const))
  for (const merges of impossible) expect(() => createTokenizer({ merges })).toThrow(InvalidArgumentError)
})

test('property: any text survives', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (any) => {
      expect(detokenize(tokenizer, { tokens: tokenize(tokenizer, { text: any }) })).toBe(any)
    }),
  )
})

test('property: text of the training alphabet survives and shrinks', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('the', ' cat', ' ', '\n', '猫', "'s"), { minLength: 1 }),
      (parts) => {
        const any = parts.join('')
        const tokens = tokenize(tokenizer, { text: any })
        expect(tokens.length).toBeLessThanOrEqual(new TextEncoder().encode(any).length)
        expect(detokenize(tokenizer, { tokens })).toBe(any)
      },
    ),
  )
})
