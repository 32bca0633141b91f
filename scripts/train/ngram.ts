// Trains the built-in language model: `node scripts/train/ngram.ts [text]`. Needs Node >= 22.18.
import { readFileSync, writeFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import '../register.mjs'

// The packages run from source: nothing has to be built to train.
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier, { ...context, conditions: [...context.conditions, '@aitoken/source'] }),
})
const { decodeModel, encodeModel, evaluate, generate, tokenize, trainNgram, trainTokenizer } = await import(
  '../../packages/inference/src/ngram/index.ts'
)

const { createModel } = await import('../../packages/inference/src/ngram/model.ts')

const root = fileURLToPath(new URL('../..', import.meta.url))
const path = process.argv[2] ?? `${root}../shared/data/tinyshakespeare.txt`
const file = `${root}packages/inference/models/shakespeare.ngram`
const vocabulary = 512
const order = 6
const dropFrom = 4

const text = readFileSync(path, 'utf8')
const [known, unseen] = split(text)

const strengths = tune()
const rows = [
  ...score('kept', { dropFrom, strengths }).map((row) => ({ ...row, model: `up to ${row.order} tokens` })),
  ...score('all n-grams kept', { dropFrom: order + 1, strengths }).slice(-1),
  ...score('strength 1 (Witten-Bell as published)', {
    dropFrom: order + 1,
    strengths: strengths.map(() => 1),
  }).slice(-1),
  ...score('bytes, strength 1', { dropFrom: order + 1, strengths: strengths.map(() => 1), size: 256 }),
]
console.table(
  rows.map(({ bitsPerByte, model, order, perplexity }) => ({
    model,
    order,
    'bits per byte': bitsPerByte.toFixed(4),
    perplexity: perplexity.toFixed(2),
  })),
)

const final = train(text, { dropFrom, strengths })
const bytes = encodeModel(final)
writeFileSync(file, bytes)

const speed = measure()
const tokens = tokenize(final.tokenizer, { text }).length
const scores = {
  trainedOn: { bytes: Buffer.byteLength(text), text: 'Tiny Shakespeare, public domain', tokens },
  file: { bytes: bytes.length, ngrams: final.levels.map((level) => level.tokens.length) },
  parameters: { dropFrom, order, strengths, vocabulary: final.tokenizer.size },
  heldOut: {
    how:
      'Tokenizer and counts from the first 90 % of the text, scored on the last 10 %, context carried through. ' +
      'Strengths were tuned on the last tenth of the first 90 %. The committed file is then trained on all of it.',
    scores: rows.map(({ bitsPerByte, model, order, perplexity }) => ({
      bitsPerByte: Number(bitsPerByte.toFixed(4)),
      model,
      order,
      perplexity: Number(perplexity.toFixed(2)),
    })),
  },
  speed: {
    how: `CPU time of the process, Node ${process.version}; median of 5 runs, after training in the same process.`,
    ...speed,
  },
}
writeFileSync(file.replace(/ngram$/, 'scores.json'), `${JSON.stringify(scores, null, 2)}\n`)
console.log(JSON.stringify({ file: scores.file, parameters: scores.parameters, speed }, null, 2))
console.log(
  [...generate(final, { maxTokens: 150, prompt: 'ROMEO:\n', seed: 1, temperature: 0.8 })]
    .map((token) => token.text)
    .join(''),
)

function split(whole: string): [string, string] {
  const at = Math.floor(whole.length * 0.9)
  return [whole.slice(0, at), whole.slice(at)]
}

function train(source: string, options: { dropFrom: number; size?: number; strengths: readonly number[] }) {
  const tokenizer = trainTokenizer({ size: options.size ?? vocabulary, text: source })
  return trainNgram({
    dropFrom: options.dropFrom,
    order,
    strengths: options.strengths,
    tokenizer,
    tokens: tokenize(tokenizer, { text: source }),
  })
}

function score(model: string, options: { dropFrom: number; size?: number; strengths: readonly number[] }) {
  return evaluate(train(known, options), { text: unseen }).map((row) => ({ ...row, model }))
}

/** Finds the strengths that predict a part of the known text best: order after order, twice over. */
function tune(): number[] {
  const [fitted, tried] = split(known)
  const { levels, tokenizer } = train(fitted, { dropFrom, strengths: Array.from({ length: order }, () => 1) })
  const bits = (strengths: readonly number[]) =>
    evaluate(createModel({ levels, strengths, tokenizer }), { text: tried }).at(-1)!.bitsPerByte
  let best = Array.from({ length: order }, () => 4)
  for (let round = 0; round < 2; round++)
    for (let index = 0; index < order; index++)
      for (const strength of [0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12, 16, 24]) {
        const tuned = best.with(index, strength)
        if (bits(tuned) < bits(best)) best = tuned
      }
  return best
}

function measure() {
  const count = 20_000
  const median = (run: () => void) => {
    const times = Array.from({ length: 5 }, () => {
      const start = process.cpuUsage()
      run()
      const { system, user } = process.cpuUsage(start)
      return (system + user) / 1000
    })
    return times.sort((left, right) => left - right)[2]!
  }
  const drain = (options: { temperature: number; topP: number }) => () => {
    for (const _ of generate(final, { maxTokens: count, prompt: 'ROMEO:\n', seed: 1, ...options }));
  }
  const perSecond = (milliseconds: number) => Math.round((count / milliseconds) * 1000)
  return {
    loadMilliseconds: Number(median(() => void decodeModel(bytes)).toFixed(1)),
    tokensPerSecond: perSecond(median(drain({ temperature: 1, topP: 1 }))),
    tokensPerSecondAtTemperature08TopP09: perSecond(median(drain({ temperature: 0.8, topP: 0.9 }))),
  }
}
