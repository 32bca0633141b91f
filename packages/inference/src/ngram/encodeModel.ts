import { createBitWriter } from './createBitWriter.js'
import { checksum, format, gapWidth } from './format.js'
import type { NgramModel } from './model.js'
import { childrenOf } from './predict.js'
import { readAt } from './readAt.js'

/**
 * Writes a model as one compact binary file.
 *
 * @param model - The model.
 * @returns The file's bytes, for {@link decodeModel}. Strengths are rounded to 256ths.
 *
 * @example
 * ```ts
 * import { decodeModel, encodeModel, loadShakespeare } from '@aitoken/inference/ngram'
 *
 * const bytes = encodeModel(await loadShakespeare())
 * const model = decodeModel(bytes)
 * ```
 */
export function encodeModel(model: NgramModel): Uint8Array<ArrayBuffer> {
  const { levels, order, strengths, tokenizer } = model
  const bits = encodeLevels(model)
  const mergesAt = format.headerBytes + 6 * order
  const bitsAt = mergesAt + 4 * tokenizer.merges.length
  const bytes = new Uint8Array(bitsAt + bits.length)
  const view = new DataView(bytes.buffer)
  bytes.set(new TextEncoder().encode(format.magic))
  view.setUint16(4, format.version, true)
  view.setUint16(6, tokenizer.size, true)
  view.setUint8(12, order)
  for (let level = 0; level < order; level++) {
    const strength = Math.max(1, Math.round(readAt(strengths, level) * 256))
    view.setUint16(format.headerBytes + 2 * level, strength, true)
    view.setUint32(format.headerBytes + 2 * order + 4 * level, readAt(levels, level).tokens.length, true)
  }
  for (const [index, [left, right]] of tokenizer.merges.entries()) {
    view.setUint16(mergesAt + 4 * index, left, true)
    view.setUint16(mergesAt + 4 * index + 2, right, true)
  }
  bytes.set(bits, bitsAt)
  view.setUint32(format.checksumAt, checksum(bytes), true)
  return bytes
}

function encodeLevels(model: NgramModel): Uint8Array {
  const { writeGolomb, finish } = createBitWriter()
  for (const [size, { counts, tokens }] of model.levels.entries()) {
    const parents = size === 0 ? 1 : readAt(model.levels, size - 1).tokens.length
    for (let parent = 0; parent < parents; parent++) {
      const [start, end] = childrenOf(model, size, parent)
      if (size > 0) writeGolomb(end - start, 0)
      if (start === end) continue
      const width = gapWidth(model.tokenizer.size, end - start)
      let previous = -1
      for (let child = start; child < end; child++) {
        const token = readAt(tokens, child)
        writeGolomb(token - previous - 1, width)
        writeGolomb(readAt(counts, child) - 1, 0)
        previous = token
      }
    }
  }
  return finish()
}
