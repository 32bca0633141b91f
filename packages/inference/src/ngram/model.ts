import { InvalidArgumentError } from '@aitoken/core/errors'

import { readAt } from './readAt.js'
import type { Tokenizer } from './tokenizer.js'
import { advanceUtf8, boundary, invalid } from './utf8.js'

/** All n-grams of one length, in lexicographic order, as three parallel columns. */
export type NgramLevel = {
  /**
   * Where the n-grams that continue each of these begin in the next level: `children[i]` to
   * `children[i + 1]`. Empty in the last level.
   */
  children: Uint32Array
  /** How often each was seen. */
  counts: Uint32Array
  /** The last token of each. */
  tokens: Uint16Array
}

/** What a prediction needs of each context of one length, computed once. */
export type NgramContexts = {
  /** Probability that the next token is predicted by the next shorter context instead. */
  backOff: Float64Array
  /** What a follower's count is multiplied by. */
  scale: Float64Array
}

/** A Witten–Bell n-gram model over the tokens of a byte-pair encoding. */
export type NgramModel = {
  /** Contexts by length, 0 to `order` - 1. */
  contexts: readonly NgramContexts[]
  /** N-grams by length - 1. */
  levels: readonly NgramLevel[]
  /** Length of the longest n-grams: the next token is predicted from up to `order` - 1 before it. */
  order: number
  /** Weight of a context's distinct followers, by length of the n-gram; 1 is what Witten and Bell use. */
  strengths: readonly number[]
  /** Cuts text into the model's tokens. */
  tokenizer: Tokenizer
}

/** The longest n-grams a model may have. */
export const maxOrder = 8

/**
 * Makes a model ready to predict from its counts.
 *
 * A context seen n times with t distinct followers, d of its occurrences going on with what was not kept,
 * predicts w with probability (c(w) + e · p(w | shorter context)) / (kept + e), where kept = n - d and
 * e = strength · t + d. With strength 1 and nothing dropped this is Witten–Bell's rule; what was dropped
 * goes to the shorter context, so each context still adds up to 1.
 *
 * @internal
 */
export function createModel(parameters: createModel.Parameters): NgramModel {
  const { levels, tokenizer } = parameters
  const strengths = Object.freeze([...parameters.strengths])
  const order = levels.length
  if (order < 1 || order > maxOrder)
    throw new InvalidArgumentError({ expected: `1 to ${maxOrder}`, field: 'order', value: order })
  if (strengths.length !== order || !strengths.every((strength) => strength > 0 && strength < 256))
    throw new InvalidArgumentError({
      expected: `${order} numbers above 0 and below 256`,
      field: 'strengths',
      value: strengths.join(', '),
    })

  const [first] = levels
  const total = first ? first.counts.reduce((sum, count) => sum + count, 0) : 0
  if (total === 0)
    throw new InvalidArgumentError({ expected: 'at least one token', field: 'tokens', value: 'none' })
  if (!first?.tokens.some((token) => advanceUtf8(boundary, readAt(tokenizer.bytes, token)) !== invalid))
    throw new InvalidArgumentError({
      expected: 'tokens of UTF-8 text',
      field: 'tokens',
      value: 'tokens that no text can begin with',
    })
  const contexts = levels.map((level, length) => {
    const parents = length === 0 ? undefined : levels[length - 1]
    const counts = parents ? parents.counts : Uint32Array.of(total)
    const children = parents ? parents.children : Uint32Array.of(0, level.tokens.length)
    return weigh({ children, counts, followers: level.counts, strength: readAt(strengths, length) })
  })
  return Object.freeze({ contexts, levels, order, strengths, tokenizer })
}

export declare namespace createModel {
  type Parameters = {
    levels: readonly NgramLevel[]
    strengths: readonly number[]
    tokenizer: Tokenizer
  }
}

function weigh({ children, counts, followers, strength }: weigh.Parameters): NgramContexts {
  const backOff = new Float64Array(counts.length)
  const scale = new Float64Array(counts.length)
  for (let node = 0; node < counts.length; node++) {
    const start = children[node] ?? 0
    const end = children[node + 1] ?? 0
    let kept = 0
    for (let child = start; child < end; child++) kept += followers[child] ?? 0
    const dropped = (counts[node] ?? 0) - kept
    // Only n-grams seen once are ever dropped, so `dropped` is how many distinct ones there were, too.
    const weight = strength * (end - start + dropped) + dropped
    backOff[node] = kept === 0 ? 1 : weight / (kept + weight)
    scale[node] = kept === 0 ? 0 : 1 / (kept + weight)
  }
  return { backOff, scale }
}

declare namespace weigh {
  type Parameters = {
    children: Uint32Array
    counts: Uint32Array
    followers: Uint32Array
    strength: number
  }
}
