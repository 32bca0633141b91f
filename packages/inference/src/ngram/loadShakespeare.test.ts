import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

import { encodeModel } from './encodeModel.js'
import { evaluate } from './evaluate.js'
import { generate } from './generate.js'
import { loadShakespeare } from './loadShakespeare.js'
import { tokenize } from './tokenize.js'

const file = new URL('../../models/shakespeare.ngram', import.meta.url)
const scores: Scores = JSON.parse(
  readFileSync(new URL('../../models/shakespeare.scores.json', import.meta.url), 'utf8'),
)
type Scores = {
  file: { bytes: number; ngrams: number[] }
  heldOut: { scores: { bitsPerByte: number; model: string; order: number }[] }
}

test('default', async () => {
  const model = await loadShakespeare()
  expect(model.order).toBe(6)
  const text = [...generate(model, { maxTokens: 200, prompt: 'KING HENRY:\n', seed: 1, temperature: 0.7 })]
    .map((token) => token.text)
    .join('')
  // It writes as it was taught: English words, and sooner or later a new speaker.
  expect(text).toMatch(/\b(the|and|of|to|my|thou)\b/)
  expect(text).toMatch(/\n\n[A-Z][A-Za-z ]+:\n/)
})

test('behavior: it knows Shakespeare better than other English', async () => {
  const model = await loadShakespeare()
  const bits = (text: string) => evaluate(model, { text }).at(-1)?.bitsPerByte ?? 0
  const known = bits(
    'But, soft! what light through yonder window breaks?\nIt is the east, and Juliet is the sun.',
  )
  expect(known).toBeLessThan(2)
  expect(bits('The kubelet restarts each container whose liveness probe fails thrice.')).toBeGreaterThan(3)
})

test('behavior: the tokenizer shortens its own language', async () => {
  const { tokenizer } = await loadShakespeare()
  const text = 'What say you to this part of the story, my good lord?'
  expect(tokenize(tokenizer, { text }).length).toBeLessThan(text.length / 1.8)
})

test('behavior: the file is what its scores say', async () => {
  const bytes = readFileSync(file)
  const model = await loadShakespeare()
  expect(bytes.length).toBe(scores.file.bytes)
  expect(bytes.length).toBeLessThan(1_500_000)
  expect(model.levels.map(({ tokens }) => tokens.length)).toEqual(scores.file.ngrams)
  expect(Buffer.compare(encodeModel(model), bytes)).toBe(0)
})

test('behavior: on held-out text each order beats those below it, and all orders of bytes', () => {
  const [own = [], others = []] = [true, false].map((is) =>
    scores.heldOut.scores.filter(({ model }) => model.startsWith('up to') === is),
  )
  expect(own).toHaveLength(6)
  for (const [index, { bitsPerByte }] of own.entries())
    expect(bitsPerByte).toBeLessThan(own[index - 1]?.bitsPerByte ?? 8)
  const bytes = others.filter(({ model }) => model.startsWith('bytes'))
  for (const { bitsPerByte } of bytes) expect(own.at(-1)?.bitsPerByte).toBeLessThan(bitsPerByte)
})
