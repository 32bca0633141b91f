import { InvalidArgumentError } from '@aitoken/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { generate } from './generate.js'
import { predict } from './predict.js'
import { detokenize, tokenize } from './tokenize.js'
import { createTokenizer } from './tokenizer.js'
import { trainNgram } from './trainNgram.js'
import { trainTokenizer } from './trainTokenizer.js'

const text =
  'one fish, two fish,\nred fish, blue fish.\nThis one has a little star, this one has a little car.\n'
const model = train(text, 300)
const polyglot = train('猫は猫、犬は犬。naïve café — Ελλάδα 🐈🐕 '.repeat(3), 262)

function train(source: string, size: number) {
  const tokenizer = trainTokenizer({ size, text: source })
  return trainNgram({ order: 5, tokenizer, tokens: tokenize(tokenizer, { text: source }) })
}

const write = (parameters: generate.Parameters, using = model) =>
  [...generate(using, parameters)].map((token) => token.text).join('')

test('default', () => {
  const tokens = [...generate(model, { maxTokens: 20, prompt: 'one', seed: 1 })]
  expect(tokens).toHaveLength(20)
  expect(tokens.at(-1)?.finish).toBe('length')
  expect(tokens.slice(0, -1).every(({ finish }) => finish === undefined)).toBe(true)
  const written = detokenize(model.tokenizer, { tokens: tokens.map(({ token }) => token) })
  expect(tokens.map((token) => token.text).join('')).toBe(written)
})

test('behavior: a seed repeats, another differs, none is random', () => {
  const of = (seed?: number) => write({ maxTokens: 60, prompt: 'two', seed })
  expect(of(7)).toBe(of(7))
  expect(of(-7)).toBe(of(-7))
  expect(of(7)).not.toBe(of(8))
  expect(of(7)).not.toBe(of(7 + 2 ** 32))
  expect(of()).not.toBe(of())
})

test('behavior: temperature 0 takes the likeliest token', () => {
  const context = tokenize(model.tokenizer, { text: 'red' })
  const [first] = generate(model, { prompt: context, temperature: 0 })
  const probabilities = predict(model, { context })
  expect(first?.token).toBe(probabilities.indexOf(Math.max(...probabilities)))
  expect(write({ prompt: 'red', seed: 1, temperature: 0 })).toBe(
    write({ prompt: 'red', seed: 2, temperature: 0 }),
  )
})

test('behavior: a small topP takes the likeliest token', () => {
  const context = tokenize(model.tokenizer, { text: 'blue' })
  const probabilities = predict(model, { context })
  for (let seed = 0; seed < 50; seed++) {
    const [first] = generate(model, { maxTokens: 1, prompt: context, seed, topP: 1e-9 })
    expect(probabilities[first?.token ?? 0]).toBe(Math.max(...probabilities))
  }
})

test('behavior: topP draws from the likeliest tokens alone', () => {
  const context = tokenize(model.tokenizer, { text: 'a little' })
  const sorted = [...predict(model, { context })].sort((left, right) => right - left)
  const drawn = Array.from({ length: 200 }, (_, seed) => {
    const [first] = generate(model, { maxTokens: 1, prompt: context, seed, topP: 0.5 })
    return predict(model, { context })[first?.token ?? 0] ?? 0
  })
  let reached = 0
  const seen = sorted.filter((probability) => {
    const inside = reached < 0.5
    reached += probability
    return inside
  })
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(seen.at(-1) ?? 1)
})

test('behavior: tokens are drawn as often as they are likely', () => {
  const context = tokenize(model.tokenizer, { text: ' has a little' })
  const probabilities = predict(model, { context })
  const likeliest = probabilities.indexOf(Math.max(...probabilities))
  const draws = 4000
  let hits = 0
  for (let seed = 0; seed < draws; seed++) {
    const [first] = generate(model, { maxTokens: 1, prompt: context, seed })
    if (first?.token === likeliest) hits++
  }
  // Tokens that the training text lacks are never written: what they had goes to the others.
  const written = [...probabilities].filter((_, token) => model.levels[0]?.tokens.includes(token))
  const expected = (probabilities[likeliest] ?? 0) / written.reduce((sum, value) => sum + value, 0)
  expect(Math.abs(hits / draws - expected)).toBeLessThan(0.04)
})

test('behavior: a prompt that ends in a space or a line break goes on with the word', () => {
  expect(write({ maxTokens: 6, prompt: 'this one has a ', temperature: 0 })).toMatch(/^little/)
  expect(write({ maxTokens: 6, prompt: 'two fish,\n', temperature: 0 })).toMatch(/^red/)
})

test('behavior: nothing of a stop string is written, wherever tokens end', () => {
  const whole = write({ maxTokens: 40, prompt: 'one', seed: 5 })
  for (let start = 0; start < whole.length - 3; start++) {
    const stop = whole.slice(start, start + 3)
    const tokens = [...generate(model, { maxTokens: 40, prompt: 'one', seed: 5, stop: [stop, 'never'] })]
    expect(tokens.map((token) => token.text).join('')).toBe(whole.slice(0, whole.indexOf(stop)))
    expect(tokens.at(-1)?.finish).toBe('stop')
  }
})

test('behavior: what only began like a stop string is written after all', () => {
  const whole = write({ maxTokens: 12, prompt: 'one', seed: 5 })
  expect(write({ maxTokens: 12, prompt: 'one', seed: 5, stop: [`${whole}~`] })).toBe(whole)
})

test('behavior: nothing is computed before it is asked for', () => {
  const tokens = generate(model, { maxTokens: Number.MAX_SAFE_INTEGER, prompt: 'one', seed: 1 })
  expect(tokens.next().done).toBe(false)
  expect(tokens.return().done).toBe(true)
})

test('behavior: a single byte can be all that a model knows', () => {
  const tokenizer = createTokenizer({ merges: [] })
  const tiny = trainNgram({ order: 1, tokenizer, tokens: Uint16Array.of(97) })
  expect(write({ maxTokens: 5, prompt: '', seed: 1 }, tiny)).toBe('aaaaa')
})

test('error: InvalidArgumentError', () => {
  for (const wrong of [
    { maxTokens: 0 },
    { maxTokens: 1.5 },
    { seed: 0.5 },
    { stop: [''] },
    { stop: ['\uD800'] },
    { temperature: -1 },
    { temperature: 2.1 },
    { temperature: Number.NaN },
    { topP: 0 },
    { topP: 1.1 },
    { prompt: Uint16Array.of(5000) },
  ])
    expect(() => generate(model, { prompt: 'a', ...wrong })).toThrow(InvalidArgumentError)
})

test('property: any prompt is continued by exactly the tokens asked for', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.integer({ max: 30, min: 1 }),
      fc.maxSafeInteger(),
      (prompt, maxTokens, seed) => {
        const tokens = [...generate(model, { maxTokens, prompt, seed })]
        expect(tokens).toHaveLength(maxTokens)
      },
    ),
  )
})

test('property: every piece is whole characters, in any script', () => {
  const parameters = fc.record({
    maxTokens: fc.integer({ max: 40, min: 1 }),
    prompt: fc.string({ maxLength: 5, unit: 'grapheme' }),
    seed: fc.maxSafeInteger(),
    stop: fc.constantFrom([], ['は'], ['🐈'], ['é —', '犬は']),
    temperature: fc.constantFrom(0, 0.5, 1, 2),
  })
  fc.assert(
    fc.property(parameters, (any) => {
      for (const { text: piece } of generate(polyglot, any)) {
        expect(piece).not.toMatch(/\p{Surrogate}|\uFFFD/u)
      }
    }),
    { numRuns: 300 },
  )
})
