import { InvalidArgumentError } from '@aitoken/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { predict } from './predict.js'
import { tokenize } from './tokenize.js'
import { createTokenizer } from './tokenizer.js'
import { trainNgram } from './trainNgram.js'

const tokenizer = createTokenizer({ merges: [] })
const cut = (text: string) => tokenize(tokenizer, { text })

/** Witten and Bell's rule, straight from the text: p(w | h) = (c(hw) + t(h) p(w | shorter h)) / (c(h) + t(h)). */
function wittenBell(text: string, context: string, next: string): number {
  const lower = context === '' ? 1 / 256 : wittenBell(text, context.slice(1), next)
  const followers = [...text]
    .map((follower, index) => ({ before: text.slice(Math.max(0, index - context.length), index), follower }))
    .filter(({ before }) => before === context)
    .map(({ follower }) => follower)
  const distinct = new Set(followers).size
  if (distinct === 0) return lower
  const count = followers.filter((follower) => follower === next).length
  return (count + distinct * lower) / (followers.length + distinct)
}

test('default', () => {
  const model = trainNgram({ tokenizer, tokens: cut('abracadabra') })
  expect(model.order).toBe(6)
  const probabilities = predict(model, { context: cut('ab') })
  expect(probabilities.indexOf(Math.max(...probabilities))).toBe('r'.charCodeAt(0))
})

test('behavior: what was seen once is dropped from the length asked for', () => {
  const sizes = (dropFrom: number) =>
    trainNgram({ dropFrom, order: 3, tokenizer, tokens: cut('abcabd') }).levels.map(
      ({ tokens }) => tokens.length,
    )
  expect(sizes(4)).toEqual([4, 4, 4])
  expect(sizes(3)).toEqual([4, 4, 0])
  expect(sizes(2)).toEqual([4, 1, 0])
})

test('behavior: what was dropped is left to the shorter context', () => {
  const probability = (dropFrom: number) => {
    const model = trainNgram({ dropFrom, order: 2, tokenizer, tokens: cut('ababacad') })
    return predict(model, { context: cut('a') })[99] ?? 0
  }
  expect(probability(2)).toBeLessThan(probability(3))
  expect(probability(2)).toBeGreaterThan(0)
})

test('error: InvalidArgumentError', () => {
  const tokens = cut('abc')
  for (const order of [0, 9, 2.5])
    expect(() => trainNgram({ order, tokenizer, tokens })).toThrow(InvalidArgumentError)
  expect(() => trainNgram({ tokenizer, tokens: Uint16Array.of(256) })).toThrow(InvalidArgumentError)
  expect(() => trainNgram({ tokenizer, tokens: new Uint16Array() })).toThrow(InvalidArgumentError)
  expect(() => trainNgram({ tokenizer, tokens: Uint16Array.of(0x80) })).toThrow(InvalidArgumentError)
  for (const strengths of [[], [1], [1, 0], [1, -1], [1, 256], [1, Number.NaN]])
    expect(() => trainNgram({ order: 2, strengths, tokenizer, tokens })).toThrow(InvalidArgumentError)
})

test("property: with strength 1 and nothing dropped it is Witten and Bell's model", () => {
  const letters = (minLength: number, maxLength: number) =>
    fc.string({ maxLength, minLength, unit: fc.constantFrom('a', 'b', 'c') })
  fc.assert(
    fc.property(letters(1, 40), letters(0, 3), fc.constantFrom('a', 'b', 'c', 'd'), (text, context, next) => {
      // Where the text ends nothing follows: an end that occurs nowhere else leaves the counts plain.
      const whole = `${text}.`
      const model = trainNgram({
        dropFrom: 9,
        order: 4,
        strengths: [1, 1, 1, 1],
        tokenizer,
        tokens: cut(whole),
      })
      const probability = predict(model, { context: cut(context) })[next.charCodeAt(0)]
      expect(probability).toBeCloseTo(wittenBell(whole, context, next), 12)
    }),
  )
})
