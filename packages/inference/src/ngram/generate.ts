import { InvalidArgumentError } from '@aitoken/core/errors'

import { createRandom } from './createRandom.js'
import { createStopFilter } from './createStopFilter.js'
import type { NgramModel } from './model.js'
import { fillProbabilities } from './predict.js'
import { readAt } from './readAt.js'
import { sample } from './sample.js'
import { tokenize } from './tokenize.js'
import { advanceUtf8, boundary, invalid } from './utf8.js'

/** One generated token. */
export type GeneratedToken = {
  /** Why this token is the last: `length` when `maxTokens` was reached, `stop` at a stop string. */
  finish: 'length' | 'stop' | undefined
  /** What to append to the text: whole characters only, and nothing while a stop string may be under way. */
  text: string
  /** The token itself. */
  token: number
}

/**
 * Continues a text, one token for each step of the iterator; nothing is computed before it is asked for.
 * The concatenated `text` is always valid Unicode: a character whose last byte was not reached is left out.
 *
 * @param model - The model.
 * @param parameters - {@link generate.Parameters}
 * @returns An iterator over the tokens. The same seed, model and parameters give the same tokens.
 * @throws `InvalidArgumentError` when a parameter is out of its range; at the call, not at the first step.
 *
 * @example
 * ```ts
 * import { generate, loadShakespeare } from '@aitoken/inference/ngram'
 *
 * const model = await loadShakespeare()
 * let text = ''
 * for (const token of generate(model, { maxTokens: 60, prompt: 'ROMEO:\n', seed: 7 })) text += token.text
 * ```
 */
export function generate(
  model: NgramModel,
  parameters: generate.Parameters,
): Generator<GeneratedToken, void> {
  const { maxTokens = 256, prompt, seed, stop = [], temperature = 1, topP = 1 } = parameters
  check('maxTokens', maxTokens, 'a whole number above 0', Number.isSafeInteger(maxTokens) && maxTokens > 0)
  check('seed', seed, 'a whole number', seed === undefined || Number.isSafeInteger(seed))
  check('temperature', temperature, 'from 0 to 2', temperature >= 0 && temperature <= 2)
  check('topP', topP, 'above 0 and at most 1', topP > 0 && topP <= 1)
  for (const text of stop)
    check(
      'stop',
      JSON.stringify(text),
      'well-formed and not empty',
      text !== '' && !/\p{Surrogate}/u.test(text),
    )

  const history = typeof prompt === 'string' ? tokenize(model.tokenizer, { text: prompt }) : prompt
  const stray = history.find((token) => token >= model.tokenizer.size)
  check('prompt', stray, `tokens from 0 to ${model.tokenizer.size - 1}`, stray === undefined)
  return run(model, { history, maxTokens, seed, stop, temperature, topP })
}

export declare namespace generate {
  type Parameters = {
    /** The most tokens to generate. @default 256 */
    maxTokens?: number | undefined
    /** The text to continue, or its tokens. */
    prompt: string | Uint16Array
    /** Makes the result repeatable. @default a random one */
    seed?: number | undefined
    /** Texts before which to end. */
    stop?: readonly string[] | undefined
    /** From 0, always the likeliest token, over 1, as likely as in the training text, to 2. @default 1 */
    temperature?: number | undefined
    /** Only the likeliest tokens that together have this probability are drawn. @default 1 */
    topP?: number | undefined
  }
  type ErrorType = InvalidArgumentError
}

function check(field: string, value: unknown, expected: string, holds: boolean): void {
  if (!holds) throw new InvalidArgumentError({ expected, field, value })
}

function* run(model: NgramModel, parameters: run.Parameters): Generator<GeneratedToken, void> {
  const { history, maxTokens, stop, temperature, topP } = parameters
  const { bytes, size } = model.tokenizer
  const random = createRandom(parameters.seed)
  const filter = createStopFilter(stop)
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const starts = markStarts(model)
  const weights = new Float64Array(size)

  // Enough for every context; a longer past is never looked at.
  const recent = Array.from(history.slice(-model.order))
  let glue = readGlue(model, recent, starts)
  if (glue !== undefined) recent.pop()
  let state = boundary

  for (let made = 1; made <= maxTokens; made++) {
    fillProbabilities(model, { history: recent, length: recent.length, probabilities: weights })
    for (let token = 0; token < size; token++) {
      // Inside a character any token that goes on with it will do, whatever was trained on.
      const fits =
        state === boundary ? starts[token] === 1 : advanceUtf8(state, readAt(bytes, token)) !== invalid
      if (!fits || (glue !== undefined && readAt(bytes, token)[0] !== glue)) weights[token] = 0
    }
    const token = sample({ random, temperature, topP, weights })
    recent.push(token)
    if (recent.length > model.order) recent.shift()

    const whole = readAt(bytes, token)
    state = advanceUtf8(state, whole)
    const fresh = glue === undefined ? whole : whole.subarray(1)
    glue = undefined
    const { stopped, text } = filter(decoder.decode(fresh, { stream: true }), made === maxTokens)
    const finish = stopped ? 'stop' : made === maxTokens ? 'length' : undefined
    yield { finish, text, token }
    if (finish) return
  }
}

declare namespace run {
  type Parameters = {
    history: Uint16Array
    maxTokens: number
    seed: number | undefined
    stop: readonly string[]
    temperature: number
    topP: number
  }
}

/**
 * Marks the tokens that may come after a whole character. Tokens that the training text lacks are for reading
 * prompts: written, they would be noise.
 */
function markStarts({ levels, tokenizer }: NgramModel): Uint8Array {
  const starts = new Uint8Array(tokenizer.size)
  for (const token of readAt(levels, 0).tokens)
    if (advanceUtf8(boundary, readAt(tokenizer.bytes, token)) !== invalid) starts[token] = 1
  return starts
}

/**
 * The space or line break at the end of a prompt, when the training text has it glued to the words after it:
 * the first token is then generated in its place, so a prompt that ends in one is continued as well as one
 * that does not.
 */
function readGlue(
  { tokenizer }: NgramModel,
  recent: readonly number[],
  starts: Uint8Array,
): number | undefined {
  const last = recent.at(-1)
  if (last !== 32 && last !== 10) return undefined
  return tokenizer.bytes.some((bytes, token) => starts[token] === 1 && bytes[0] === last) ? last : undefined
}
