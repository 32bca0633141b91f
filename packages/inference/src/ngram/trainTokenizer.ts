import { InvalidArgumentError } from '@aitoken/core/errors'

import {
  createTokenizer,
  endOfPiece,
  type Merge,
  maxTokenBytes,
  maxTokenizerSize,
  type Tokenizer,
} from './tokenizer.js'

/**
 * Learns a byte-pair encoding from a text: joins the most frequent pair of tokens, again and again.
 * The same text always gives the same tokenizer; of equally frequent pairs the one with the lower tokens wins.
 *
 * @param parameters - {@link trainTokenizer.Parameters}
 * @returns The tokenizer; smaller than asked for when no pair is left that occurs twice.
 * @throws `InvalidArgumentError` when `size` is not a whole number from 256 to 4096.
 *
 * @example
 * ```ts
 * import { trainTokenizer } from '@aitoken/inference/ngram'
 *
 * const tokenizer = trainTokenizer({ size: 300, text: 'the cat, the mat and the rat' })
 * ```
 */
export function trainTokenizer({ size = 512, text }: trainTokenizer.Parameters): Tokenizer {
  if (!Number.isInteger(size) || size < 256 || size > maxTokenizerSize)
    throw new InvalidArgumentError({
      expected: `a whole number from 256 to ${maxTokenizerSize}`,
      field: 'size',
      value: size,
    })
  const pieces = countPieces(new TextEncoder().encode(text))
  const lengths = Array.from({ length: 256 }, () => 1)
  const merges: Merge[] = []
  const counts = new Float64Array(size * size)
  while (lengths.length < size) {
    counts.fill(0)
    for (const { count, tokens } of pieces)
      for (let index = 0; index + 1 < tokens.length; index++) {
        const pair = (tokens[index] ?? 0) * size + (tokens[index + 1] ?? 0)
        counts[pair] = (counts[pair] ?? 0) + count
      }
    let best = -1
    let most = 1
    for (let pair = 0; pair < counts.length; pair++) {
      if ((counts[pair] ?? 0) <= most) continue
      if ((lengths[Math.floor(pair / size)] ?? 0) + (lengths[pair % size] ?? 0) > maxTokenBytes) continue
      best = pair
      most = counts[pair] ?? 0
    }
    if (best < 0) break
    const merge: Merge = [Math.floor(best / size), best % size]
    for (const piece of pieces) piece.tokens = join(piece.tokens, merge, lengths.length)
    lengths.push((lengths[merge[0]] ?? 0) + (lengths[merge[1]] ?? 0))
    merges.push(merge)
  }
  return createTokenizer({ merges })
}

export declare namespace trainTokenizer {
  type Parameters = {
    /** How many tokens to learn, the 256 bytes included. @default 512 */
    size?: number | undefined
    /** The text to learn from. */
    text: string
  }
  type ErrorType = InvalidArgumentError
}

function countPieces(bytes: Uint8Array): { count: number; tokens: number[] }[] {
  const pieces = new Map<string, { count: number; tokens: number[] }>()
  for (let start = 0; start < bytes.length; ) {
    const end = endOfPiece(bytes, start)
    const tokens = [...bytes.subarray(start, end)]
    const key = String.fromCharCode(...tokens)
    const piece = pieces.get(key)
    if (piece) piece.count++
    else pieces.set(key, { count: 1, tokens })
    start = end
  }
  return [...pieces.values()]
}

function join(tokens: number[], [left, right]: Merge, merged: number): number[] {
  if (!tokens.some((token, index) => token === left && tokens[index + 1] === right)) return tokens
  const joined: number[] = []
  for (let index = 0; index < tokens.length; index++) {
    if (tokens[index] === left && tokens[index + 1] === right) {
      joined.push(merged)
      index++
    } else joined.push(tokens[index] ?? 0)
  }
  return joined
}
