import { InvalidArgumentError } from '@aitoken/core/errors'

/** Two tokens that are read as one. */
export type Merge = readonly [left: number, right: number]

/**
 * A byte-pair encoding. Tokens 0 to 255 are the bytes themselves, so no text is unknown to it; token 256 + i
 * is what the i-th merge makes.
 */
export type Tokenizer = {
  /** The bytes of each token. */
  bytes: readonly Uint8Array[]
  /** The merges, in the order in which they were learned and are applied. */
  merges: readonly Merge[]
  /** What each mergeable pair becomes: left × 65536 + right to the joined token. */
  ranks: ReadonlyMap<number, number>
  /** How many tokens there are. */
  size: number
}

/** The most tokens a tokenizer may have. */
export const maxTokenizerSize = 4096

/** The most bytes one token may stand for: merging stays linear in the length of a text. */
export const maxTokenBytes = 32

/** @internal */
export function pairKey(left: number, right: number): number {
  return left * 65_536 + right
}

/**
 * Makes a tokenizer from its merges.
 *
 * @param parameters - {@link createTokenizer.Parameters}
 * @returns The tokenizer.
 * @throws `InvalidArgumentError` when there are too many merges, or one joins tokens that do not exist
 * yet, repeats another, or makes a token longer than 32 bytes.
 *
 * @example
 * ```ts
 * import { createTokenizer, tokenize } from '@aitoken/inference/ngram'
 *
 * const tokenizer = createTokenizer({ merges: [[116, 104]] })
 * const tokens = tokenize(tokenizer, { text: 'the' }) // Uint16Array [256, 101]
 * ```
 */
export function createTokenizer({ merges }: createTokenizer.Parameters): Tokenizer {
  const size = 256 + merges.length
  if (size > maxTokenizerSize)
    throw new InvalidArgumentError({
      expected: `at most ${maxTokenizerSize - 256} pairs`,
      field: 'merges',
      value: `${merges.length}`,
    })

  const bytes = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte))
  const ranks = new Map<number, number>()
  for (const [left, right] of merges) {
    const head = bytes[left]
    const tail = bytes[right]
    const key = pairKey(left, right)
    if (!head || !tail || ranks.has(key) || head.length + tail.length > maxTokenBytes)
      throw new InvalidArgumentError({
        expected: `new pairs of earlier tokens, of at most ${maxTokenBytes} bytes together`,
        field: 'merges',
        value: `[${left}, ${right}] at ${bytes.length - 256}`,
      })
    ranks.set(key, bytes.length)
    const joined = new Uint8Array(head.length + tail.length)
    joined.set(head)
    joined.set(tail, head.length)
    bytes.push(joined)
  }
  return Object.freeze({ bytes, merges, ranks, size })
}

export declare namespace createTokenizer {
  type Parameters = {
    /** The merges, in order. */
    merges: readonly Merge[]
  }
  type ErrorType = InvalidArgumentError
}

/**
 * Finds where the piece of text that starts at `start` ends; no token crosses the end of a piece.
 * A piece is a word with the one space or line break before it, a run of line breaks, or a single byte.
 * It looks at bytes alone, so every engine, whatever its Unicode tables, cuts a text in the same places.
 *
 * @internal
 */
export function endOfPiece(bytes: Uint8Array, start: number): number {
  const limit = Math.min(bytes.length, start + maxTokenBytes)
  const first = bytes[start] ?? 0
  const second = bytes[start + 1]
  const glued = (first === 32 || first === 10) && second !== undefined && isLetter(second)
  let end = start + 1
  if (glued || isLetter(first)) while (end < limit && isInWord(bytes[end] ?? 0)) end++
  else if (first === 10) while (end < limit && bytes[end] === 10) end++
  return end
}

/** Bytes above 127 belong to letters of other scripts more often than not. */
function isLetter(byte: number): boolean {
  return (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90) || byte > 127
}

function isInWord(byte: number): boolean {
  return isLetter(byte) || byte === 39
}
