import fc from 'fast-check'
import { expect, test } from 'vitest'

import { decodeModel } from './decodeModel.js'
import { encodeModel } from './encodeModel.js'
import { NgramFormatError } from './errors.js'
import { checksum, format } from './format.js'
import { tokenize } from './tokenize.js'
import { trainNgram } from './trainNgram.js'
import { trainTokenizer } from './trainTokenizer.js'

function train(text: string, order = 4, dropFrom = 4) {
  const tokenizer = trainTokenizer({ size: 270, text })
  return trainNgram({ dropFrom, order, tokenizer, tokens: tokenize(tokenizer, { text }) })
}

const model = train('to be, or not to be: that is the question; to be or to be not', 3)
const bytes = encodeModel(model)

/** A file with `value` at `offset`, and the checksum that makes it look whole. */
function forge(offset: number, value: number): Uint8Array {
  const forged = bytes.slice()
  forged[offset] = value
  new DataView(forged.buffer).setUint32(format.checksumAt, checksum(forged), true)
  return forged
}

test('default', () => {
  expect(decodeModel(bytes)).toEqual(model)
})

test('behavior: bytes may lie inside a larger buffer', () => {
  const larger = new Uint8Array(bytes.length + 20)
  larger.set(bytes, 7)
  expect(decodeModel(larger.subarray(7, 7 + bytes.length))).toEqual(model)
})

test('error: NgramFormatError at every length that is too short', () => {
  for (let length = 0; length < bytes.length; length++)
    expect(() => decodeModel(bytes.slice(0, length))).toThrow(NgramFormatError)
})

test('error: NgramFormatError for every altered byte', () => {
  for (let offset = 0; offset < bytes.length; offset++) {
    const altered = bytes.slice()
    altered[offset] = (altered[offset] ?? 0) ^ 0x10
    expect(() => decodeModel(altered)).toThrow(NgramFormatError)
  }
})

test('error: NgramFormatError for a header that lies under a right checksum', () => {
  const counts = format.headerBytes + 2 * model.order
  const merges = counts + 4 * model.order
  for (const [offset, value] of [
    [0, 0],
    [4, 2],
    [7, 0],
    [7, 255],
    [12, 0],
    [12, 9],
    [counts + 3, 255],
    [counts, (bytes[counts] ?? 0) + 1],
    [merges + 1, 15],
  ] as const)
    expect(() => decodeModel(forge(offset, value))).toThrow(NgramFormatError)
})

test('error: NgramFormatError for bytes after the end', () => {
  const longer = new Uint8Array(bytes.length + 1)
  longer.set(bytes)
  new DataView(longer.buffer).setUint32(format.checksumAt, checksum(longer), true)
  expect(() => decodeModel(longer)).toThrow(NgramFormatError)
})

test('property: a model survives', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 120, minLength: 1, unit: 'grapheme' }),
      fc.integer({ max: 8, min: 1 }),
      fc.integer({ max: 9, min: 2 }),
      (text, order, dropFrom) => {
        const any = train(text, order, dropFrom)
        expect(decodeModel(encodeModel(any))).toEqual(any)
      },
    ),
    { numRuns: 60 },
  )
})

test('property: a forged file is a model or an NgramFormatError', () => {
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(255), (offset, value) => {
      try {
        expect(decodeModel(forge(offset, value)).order).toBeGreaterThan(0)
      } catch (error) {
        expect(error).toBeInstanceOf(NgramFormatError)
      }
    }),
    { numRuns: 500 },
  )
})

test('property: no bytes crash it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (any) => {
      expect(() => decodeModel(any)).toThrow(NgramFormatError)
    }),
  )
})
