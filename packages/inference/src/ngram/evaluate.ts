import { InvalidArgumentError } from '@aitoken/core/errors'

import type { NgramModel } from './model.js'
import { findChild, findContexts } from './predict.js'
import { readAt } from './readAt.js'
import { tokenize } from './tokenize.js'

/** How well n-grams up to one length predict a text. */
export type NgramScore = {
  /** Mean surprise in bits for each byte of the text; lower is better. */
  bitsPerByte: number
  /** Length of the longest n-grams used, in tokens. */
  order: number
  /** Mean number of equally likely tokens that the model hesitates between; lower is better. */
  perplexity: number
}

/**
 * Measures how well a model predicts a text it was not trained on, with n-grams of each length up to its own.
 *
 * @param model - The model.
 * @param parameters - {@link evaluate.Parameters}
 * @returns One score for each order, from 1.
 * @throws `InvalidArgumentError` when the text is empty.
 *
 * @example
 * ```ts
 * import { evaluate, loadShakespeare } from '@aitoken/inference/ngram'
 *
 * const scores = evaluate(await loadShakespeare(), { text: 'My kingdom for a horse!' })
 * const bitsPerByte = scores.at(-1)?.bitsPerByte
 * ```
 */
export function evaluate(model: NgramModel, { text }: evaluate.Parameters): NgramScore[] {
  const tokens = tokenize(model.tokenizer, { text })
  if (tokens.length === 0)
    throw new InvalidArgumentError({ expected: 'a text', field: 'text', value: 'an empty string' })
  const bits = new Float64Array(model.order)
  let bytes = 0
  for (let position = 0; position < tokens.length; position++) {
    const token = readAt(tokens, position)
    bytes += readAt(model.tokenizer.bytes, token).length
    const nodes = findContexts(model, tokens, position)
    let probability = 1 / model.tokenizer.size
    for (let size = 0; size < model.order; size++) {
      const node = nodes[size]
      if (node !== undefined) {
        const { backOff, scale } = readAt(model.contexts, size)
        const child = findChild(model, size, node, token)
        const count = child < 0 ? 0 : readAt(readAt(model.levels, size).counts, child)
        probability = count * readAt(scale, node) + probability * readAt(backOff, node)
      }
      bits[size] = readAt(bits, size) - Math.log2(probability)
    }
  }
  return Array.from(bits, (total, index) => ({
    bitsPerByte: total / bytes,
    order: index + 1,
    perplexity: 2 ** (total / tokens.length),
  }))
}

export declare namespace evaluate {
  type Parameters = {
    /** The text to predict. */
    text: string
  }
  type ErrorType = InvalidArgumentError
}
