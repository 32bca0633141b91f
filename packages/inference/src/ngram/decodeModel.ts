import { type BitReader, createBitReader } from './createBitReader.js'
import { NgramFormatError } from './errors.js'
import { checksum, format, gapWidth } from './format.js'
import { createModel, maxOrder, type NgramLevel, type NgramModel } from './model.js'
import { readAt } from './readAt.js'
import { createTokenizer, type Merge, maxTokenizerSize, type Tokenizer } from './tokenizer.js'

/**
 * Reads a model from the bytes of its file, in any runtime.
 *
 * @param bytes - What {@link encodeModel} wrote.
 * @returns The model, ready to {@link generate} from.
 * @throws {@link NgramFormatError} when the bytes are cut short, altered, of another version, or no model at all.
 *
 * @example
 * ```ts
 * import { decodeModel } from '@aitoken/inference/ngram'
 *
 * const response = await fetch('https://example.com/models/shakespeare.ngram')
 * const model = decodeModel(new Uint8Array(await response.arrayBuffer()))
 * ```
 */
export function decodeModel(bytes: Uint8Array): NgramModel {
  const header = readHeader(bytes)
  try {
    const tokenizer = createTokenizer({ merges: header.merges })
    const levels = readLevels(createBitReader(bytes.subarray(header.end)), header.sizes, tokenizer)
    return createModel({ levels, strengths: header.strengths, tokenizer })
  } catch (cause) {
    if (cause instanceof NgramFormatError) throw cause
    throw new NgramFormatError({ cause, problem: 'what they hold does not fit together' })
  }
}

export declare namespace decodeModel {
  type ErrorType = NgramFormatError
}

function readHeader(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  insist(bytes.length >= format.headerBytes, `${bytes.length} bytes are too few`)
  const magic = String.fromCharCode(...bytes.subarray(0, 4))
  insist(magic === format.magic, `they do not begin with \`${format.magic}\``)
  const version = view.getUint16(4, true)
  insist(version === format.version, `their version is ${version}, not ${format.version}`)
  const size = view.getUint16(6, true)
  insist(size >= 256 && size <= maxTokenizerSize, `they claim ${size} tokens`)
  const order = view.getUint8(12)
  insist(order >= 1 && order <= maxOrder, `they claim n-grams of length ${order}`)

  const sizesAt = format.headerBytes + 2 * order
  const mergesAt = sizesAt + 4 * order
  const end = mergesAt + 4 * (size - 256)
  insist(bytes.length >= end, 'they end inside the header')
  insist(view.getUint32(format.checksumAt, true) === checksum(bytes), 'their checksum is wrong')

  const merges = Array.from(
    { length: size - 256 },
    (_, index): Merge => [
      view.getUint16(mergesAt + 4 * index, true),
      view.getUint16(mergesAt + 4 * index + 2, true),
    ],
  )
  const sizes = Array.from({ length: order }, (_, level) => view.getUint32(sizesAt + 4 * level, true))
  const strengths = Array.from(
    { length: order },
    (_, level) => view.getUint16(format.headerBytes + 2 * level, true) / 256,
  )
  return { end, merges, sizes, strengths }
}

function readLevels(reader: BitReader, sizes: readonly number[], tokenizer: Tokenizer): NgramLevel[] {
  const levels: NgramLevel[] = []
  for (const size of sizes) {
    // Two numbers of at least a bit each: what could not possibly follow is not allocated.
    insist(size <= reader.left() / 2, `they claim ${size} n-grams in ${reader.left()} bits`)
    const parent = levels.at(-1)
    const level = {
      children: new Uint32Array(),
      counts: new Uint32Array(size),
      tokens: new Uint16Array(size),
    }
    const parents = parent ? parent.tokens.length : 1
    const children = new Uint32Array(parents + 1)
    let next = 0
    for (let node = 0; node < parents; node++) {
      const followers = parent ? reader.readGolomb(0) : size
      insist(followers <= size - next && followers <= tokenizer.size, 'a context has too many followers')
      const limit = parent ? readAt(parent.counts, node) : 2 ** 32 - 1
      readFollowers(reader, { end: next + followers, level, limit, start: next, tokens: tokenizer.size })
      next += followers
      children[node + 1] = next
    }
    insist(next === size, `they claim ${size} n-grams but hold ${next}`)
    if (parent) parent.children = children
    levels.push(level)
  }
  insist(reader.left() < 8, 'there are bytes after the last n-gram')
  return levels
}

function readFollowers(reader: BitReader, parameters: readFollowers.Parameters): void {
  const { end, level, limit, start, tokens } = parameters
  const width = start < end ? gapWidth(tokens, end - start) : 0
  let token = -1
  let total = 0
  for (let child = start; child < end; child++) {
    token += reader.readGolomb(width) + 1
    insist(token < tokens, `token ${token} does not exist`)
    const count = reader.readGolomb(0) + 1
    total += count
    level.tokens[child] = token
    level.counts[child] = count
  }
  insist(total <= limit, 'a context was seen less often than what follows it')
}

declare namespace readFollowers {
  type Parameters = { end: number; level: NgramLevel; limit: number; start: number; tokens: number }
}

function insist(holds: boolean, problem: string): void {
  if (!holds) throw new NgramFormatError({ problem })
}
