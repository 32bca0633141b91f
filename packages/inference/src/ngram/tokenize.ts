import { InvalidArgumentError } from '@aitoken/core/errors'

import { readAt } from './readAt.js'
import { endOfPiece, pairKey, type Tokenizer } from './tokenizer.js'

/**
 * Cuts a text into tokens.
 *
 * @param tokenizer - The tokenizer, as `model.tokenizer`.
 * @param parameters - {@link tokenize.Parameters}
 * @returns The tokens. {@link detokenize} gives back the same text, with U+FFFD for each lone surrogate.
 *
 * @example
 * ```ts
 * import { loadShakespeare, tokenize } from '@aitoken/inference/ngram'
 *
 * const { tokenizer } = await loadShakespeare()
 * const { length } = tokenize(tokenizer, { text: 'What light through yonder window breaks?' })
 * ```
 */
export function tokenize(tokenizer: Tokenizer, { text }: tokenize.Parameters): Uint16Array {
  const bytes = new TextEncoder().encode(text)
  const tokens = new Uint16Array(bytes.length)
  let length = 0
  for (let start = 0; start < bytes.length; ) {
    const end = endOfPiece(bytes, start)
    tokens.set(bytes.subarray(start, end), length)
    length += merge(tokenizer, tokens.subarray(length, length + end - start))
    start = end
  }
  return tokens.slice(0, length)
}

export declare namespace tokenize {
  type Parameters = {
    /** Any text. */
    text: string
  }
}

/** Applies the merges to one piece in place, the earliest learned first, and returns its new length. */
function merge({ ranks }: Tokenizer, piece: Uint16Array): number {
  let length = piece.length
  for (;;) {
    let best = Number.POSITIVE_INFINITY
    let at = -1
    for (let index = 0; index + 1 < length; index++) {
      const merged = ranks.get(pairKey(piece[index] ?? 0, piece[index + 1] ?? 0))
      if (merged !== undefined && merged < best) {
        best = merged
        at = index
      }
    }
    if (at < 0) return length
    piece[at] = best
    piece.copyWithin(at + 1, at + 2, length)
    length--
  }
}

/**
 * Joins tokens to the text they stand for.
 *
 * @param tokenizer - The tokenizer that made them.
 * @param parameters - {@link detokenize.Parameters}
 * @returns The text; bytes that are no UTF-8 become U+FFFD.
 * @throws `InvalidArgumentError` when a token is not one of the tokenizer's.
 *
 * @example
 * ```ts
 * import { detokenize, loadShakespeare, tokenize } from '@aitoken/inference/ngram'
 *
 * const { tokenizer } = await loadShakespeare()
 * const text = detokenize(tokenizer, { tokens: tokenize(tokenizer, { text: 'Anon, anon!' }) })
 * ```
 */
export function detokenize(tokenizer: Tokenizer, { tokens }: detokenize.Parameters): string {
  // A byte order mark is text like any other: without `ignoreBOM` a leading one would vanish.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let text = ''
  for (let index = 0; index < tokens.length; index++) {
    const bytes = tokenizer.bytes[readAt(tokens, index)]
    if (!bytes)
      throw new InvalidArgumentError({
        expected: `tokens from 0 to ${tokenizer.size - 1}`,
        field: 'tokens',
        value: readAt(tokens, index),
      })
    text += decoder.decode(bytes, { stream: true })
  }
  return text + decoder.decode()
}

export declare namespace detokenize {
  type Parameters = {
    /** The tokens, in order. */
    tokens: ArrayLike<number>
  }
  type ErrorType = InvalidArgumentError
}
