import fc from 'fast-check'
import { expect, test } from 'vitest'

import { join } from '../wire/comment.js'
import { createEventSplitter } from './splitEvents.js'

const encode = (text: string) => new TextEncoder().encode(text)
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

test('behavior: gives the last event the empty line that it lacks', () => {
  for (const [text, rest] of [
    ['data: 1', 'data: 1\n\n'],
    ['data: 1\n', 'data: 1\n\n'],
    ['data: 1\r\n', 'data: 1\r\n\n'],
    ['data: 1\n\n', ''],
  ] as const) {
    const splitter = createEventSplitter()
    splitter.split(encode(text))
    expect(decode(splitter.flush())).toBe(rest)
  }
})

test('behavior: puts an event of many chunks together', () => {
  const splitter = createEventSplitter()
  const text = `data: ${'x'.repeat(300_000)}\n\ndata: 2\n\n`
  const events: string[] = []
  for (let at = 0; at < text.length; at += 1_000)
    events.push(...splitter.split(encode(text.slice(at, at + 1_000))).map(decode))
  expect(events).toHaveLength(2)
  expect(events.join('')).toBe(text)
  expect(splitter.flush()).toHaveLength(0)
})

test('behavior: an event that comes byte by byte is put together in time', () => {
  const splitter = createEventSplitter()
  const lines = encode('data: x\n'.repeat(20_000))
  for (const byte of lines) expect(splitter.split(Uint8Array.of(byte))).toEqual([])
  expect(splitter.held()).toBe(lines.length)
  const [event] = splitter.split(encode('\n'))
  expect(event?.length).toBe(lines.length + 1)
  expect(splitter.held()).toBe(0)
})

test('property: events are the same at any chunking', () => {
  const piece = fc.constantFrom('data: 1', '\n', '\n\n', '\r\n', '\r\n\r\n', ': ait', 'x')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.array(fc.nat(20)), (pieces, lengths) => {
      const bytes = encode(pieces.join(''))
      const whole = createEventSplitter()
      const events = whole.split(bytes).map(decode)
      const splitter = createEventSplitter()
      const found: string[] = []
      const taken: Uint8Array[] = []
      for (let at = 0, index = 0; at < bytes.length; index++) {
        const next = at + (lengths[index % Math.max(lengths.length, 1)] ?? 1) + 1
        const chunk = bytes.slice(at, next)
        for (const event of splitter.split(chunk)) {
          taken.push(event)
          found.push(decode(event))
        }
        at = next
      }
      expect(found).toEqual(events)
      expect(splitter.held()).toBe(whole.held())
      const rest = splitter.flush()
      expect(rest).toEqual(whole.flush())
      expect(join(taken).length + rest.length).toBeGreaterThanOrEqual(bytes.length)
    }),
  )
})
