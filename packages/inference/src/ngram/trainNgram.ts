import { InvalidArgumentError } from '@aitoken/core/errors'

import { createModel, maxOrder, type NgramLevel, type NgramModel } from './model.js'
import type { Tokenizer } from './tokenizer.js'

/**
 * Counts the n-grams of a text that was cut into tokens, and makes a model of them.
 *
 * @param parameters - {@link trainNgram.Parameters}
 * @returns The model.
 * @throws `InvalidArgumentError` when there are no tokens, one is not the tokenizer's, or `order` is not
 * a whole number from 1 to 8.
 *
 * @example
 * ```ts
 * import { tokenize, trainNgram, trainTokenizer } from '@aitoken/inference/ngram'
 *
 * const text = 'How many roads must a man walk down? As many as the man can walk.'
 * const tokenizer = trainTokenizer({ size: 300, text })
 * const model = trainNgram({ order: 5, tokenizer, tokens: tokenize(tokenizer, { text }) })
 * ```
 */
export function trainNgram(parameters: trainNgram.Parameters): NgramModel {
  const { dropFrom = 4, order = 6, strengths = defaultStrengths(order), tokenizer, tokens } = parameters
  if (!Number.isInteger(order) || order < 1 || order > maxOrder)
    throw new InvalidArgumentError({ expected: `1 to ${maxOrder}`, field: 'order', value: order })
  const stray = tokens.find((token) => token >= tokenizer.size)
  if (stray !== undefined)
    throw new InvalidArgumentError({
      expected: `tokens from 0 to ${tokenizer.size - 1}`,
      field: 'tokens',
      value: stray,
    })

  const positions = sortPositions(tokens, order)
  const levels: NgramLevel[] = []
  let ranges = Uint32Array.of(0, positions.length)
  for (let depth = 0; depth < order; depth++) {
    const grown = grow({ depth, minimum: depth + 1 >= dropFrom ? 2 : 1, positions, ranges, tokens })
    const parent = levels[depth - 1]
    if (parent) parent.children = grown.children
    levels.push({ children: new Uint32Array(), counts: grown.counts, tokens: grown.tokens })
    ranges = grown.ranges
  }
  return createModel({ levels, strengths, tokenizer })
}

export declare namespace trainNgram {
  type Parameters = {
    /** N-grams this long or longer are dropped when they were seen only once. @default 4 */
    dropFrom?: number | undefined
    /** Length of the longest n-grams, in tokens. @default 6 */
    order?: number | undefined
    /** Weight of a context's distinct followers, by length of the n-gram. @default tuned on Shakespeare */
    strengths?: readonly number[] | undefined
    /** The tokenizer that cut the text. */
    tokenizer: Tokenizer
    /** The text, cut into tokens. */
    tokens: Uint16Array
  }
  type ErrorType = InvalidArgumentError
}

/** Best on a held-out part of Shakespeare's plays; longer contexts are seldom as sure as they look. */
function defaultStrengths(order: number): number[] {
  return Array.from({ length: order }, (_, index) => [1, 2.5, 4, 5][index] ?? 8)
}

/** All positions of the text, sorted by the tokens that follow: equal n-grams of any length lie together. */
function sortPositions(tokens: Uint16Array, order: number): Uint32Array {
  return Uint32Array.from(tokens, (_, position) => position).sort((left, right) => {
    for (let depth = 0; depth < order; depth++) {
      const difference = (tokens[left + depth] ?? -1) - (tokens[right + depth] ?? -1)
      if (difference !== 0) return difference
    }
    return 0
  })
}

/** Extends every n-gram, given as a range of positions, by each token that follows it somewhere. */
function grow({ depth, minimum, positions, ranges, tokens }: grow.Parameters) {
  const children = new Uint32Array(ranges.length / 2 + 1)
  const counts: number[] = []
  const followers: number[] = []
  const grown: number[] = []
  for (let parent = 0; parent < ranges.length / 2; parent++) {
    const end = ranges[2 * parent + 1] ?? 0
    for (let start = ranges[2 * parent] ?? 0; start < end; ) {
      const follower = tokens[(positions[start] ?? 0) + depth]
      let next = start + 1
      while (next < end && tokens[(positions[next] ?? 0) + depth] === follower) next++
      // Where the text ends nothing follows.
      if (follower !== undefined && next - start >= minimum) {
        counts.push(next - start)
        followers.push(follower)
        grown.push(start, next)
      }
      start = next
    }
    children[parent + 1] = counts.length
  }
  return {
    children,
    counts: Uint32Array.from(counts),
    ranges: Uint32Array.from(grown),
    tokens: Uint16Array.from(followers),
  }
}

declare namespace grow {
  type Parameters = {
    depth: number
    minimum: number
    positions: Uint32Array
    ranges: Uint32Array
    tokens: Uint16Array
  }
}
