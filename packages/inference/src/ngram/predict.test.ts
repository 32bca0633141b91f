import { InvalidArgumentError } from '@aitoken/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { evaluate } from './evaluate.js'
import { predict } from './predict.js'
import { tokenize } from './tokenize.js'
import { trainNgram } from './trainNgram.js'
import { trainTokenizer } from './trainTokenizer.js'

const text = 'She sells sea shells by the sea shore; the shells she sells are sea shells, I am sure.\n'
const tokenizer = trainTokenizer({ size: 280, text })
const model = trainNgram({ dropFrom: 3, order: 5, tokenizer, tokens: tokenize(tokenizer, { text }) })

test('default', () => {
  const probabilities = predict(model, { context: tokenize(tokenizer, { text: 'She sells sea' }) })
  const likeliest = probabilities.indexOf(Math.max(...probabilities))
  expect(new TextDecoder().decode(tokenizer.bytes[likeliest])).toMatch(/^ sh/)
})

test('error: InvalidArgumentError', () => {
  expect(() => predict(model, { context: [tokenizer.size] })).toThrow(InvalidArgumentError)
  expect(() => predict(model, { context: [-1] })).toThrow(InvalidArgumentError)
  expect(() => evaluate(model, { text: '' })).toThrow(InvalidArgumentError)
})

test('property: every context adds up to 1, and nothing is impossible', () => {
  const token = fc.nat(tokenizer.size - 1)
  const known = fc.constantFrom(...tokenize(tokenizer, { text }))
  fc.assert(
    fc.property(fc.array(fc.oneof(token, known), { maxLength: 8 }), (context) => {
      const probabilities = predict(model, { context })
      expect(probabilities.every((probability) => probability > 0)).toBe(true)
      expect(probabilities.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 12)
    }),
  )
})

test('property: the score of a text is the sum of its predictions', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, unit: fc.constantFrom('sea', ' shells', ' ', 'x', '猫') }),
      (any) => {
        const tokens = tokenize(tokenizer, { text: any })
        const bits = [...tokens].reduce((sum, token, index) => {
          const probability = predict(model, { context: tokens.subarray(0, index) })[token] ?? 0
          return sum - Math.log2(probability)
        }, 0)
        const bytes = new TextEncoder().encode(any).length
        expect(evaluate(model, { text: any }).at(-1)?.bitsPerByte).toBeCloseTo(bits / bytes, 9)
      },
    ),
  )
})
