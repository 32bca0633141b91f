import fc from 'fast-check'
import { expect, test } from 'vitest'

import { createCommentSplitter, encodeComment, join, type PaymentComment } from './comment.js'

const encode = (text: string) => new TextEncoder().encode(text)

/** Cuts bytes at the given places. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b)
  return [0, ...ends].map((start, index) => bytes.slice(start, ends[index] ?? bytes.length))
}

function run(chunks: readonly Uint8Array[]) {
  const splitter = createCommentSplitter()
  const parts: Uint8Array[] = []
  const comments: PaymentComment[] = []
  for (const chunk of chunks) {
    const split = splitter.split(chunk)
    parts.push(split.bytes)
    comments.push(...split.comments)
  }
  parts.push(splitter.flush())
  return { bytes: join(parts), comments }
}

test('default', () => {
  const text = `data: {"a":1}\n\n${encodeComment({ authorized: 3n, need: 2n, spent: 1n })}data: [DONE]\n\n`
  const { bytes, comments } = run([encode(text)])
  expect(new TextDecoder().decode(bytes)).toBe('data: {"a":1}\n\ndata: [DONE]\n\n')
  expect(comments).toEqual([
    { authorized: 3n, end: undefined, need: 2n, paused: undefined, receipt: undefined, spent: 1n },
  ])
})

test('behavior: leaves other comments and everything that only looks like one', () => {
  for (const text of [
    ': keep-alive\n\n',
    'data: : ait need=1\n\n',
    ': aitoken\n\n',
    'data: x: ait need=1\n\n',
    ':ait\n\n',
  ])
    expect(run([encode(text)])).toEqual({ bytes: encode(text), comments: [] })
})

test('property: the model’s bytes and the comments come out the same, wherever chunks end', () => {
  const event = fc.oneof(
    fc.json().map((json) => `data: ${json}\n\n`),
    fc.constantFrom(': ping\n\n', 'event: x\ndata: y\n\n', '\n', ': ai', ':\n', 'data: ☃\r\n\r\n'),
  )
  const comment = fc.record({ need: fc.bigInt({ max: 2n ** 96n, min: 0n }) }).map(encodeComment)
  const parts = fc.array(fc.tuple(event, fc.option(comment)), { maxLength: 12 })
  fc.assert(
    fc.property(parts, fc.array(fc.nat(), { maxLength: 40 }), (pieces, places) => {
      // A comment only ever follows a whole line.
      const model = pieces.map(([text]) => (text.endsWith('\n') ? text : `${text}\n`))
      const stream = pieces.map(([, talk], index) => (model[index] ?? '') + (talk ?? ''))
      const { bytes, comments } = run(cut(encode(stream.join('')), places))
      expect(new TextDecoder().decode(bytes)).toBe(model.join(''))
      expect(comments).toHaveLength(pieces.filter(([, talk]) => talk !== null).length)
    }),
    { numRuns: 1_000 },
  )
})

test('property: bytes without payment talk pass untouched, even those that are no text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(fc.nat(), { maxLength: 20 }), (bytes, places) => {
      expect(run(cut(bytes, places)).bytes).toEqual(bytes)
    }),
  )
})

test('behavior: holds nothing back for a payment line without end', () => {
  const bytes = encode(`: ait receipt=${'x'.repeat(1_000_000)}`)
  const chunks = Array.from({ length: 62 }, (_, index) => bytes.slice(index * 16_384, (index + 1) * 16_384))
  const splitter = createCommentSplitter()
  const passed = chunks.map((chunk) => splitter.split(chunk).bytes.length)
  expect(passed.slice(0, 4)).toEqual([0, 0, 0, 0])
  expect(passed[4]).toBe(5 * 16_384)
  expect(splitter.flush()).toHaveLength(0)
})
