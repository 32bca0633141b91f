import { expect, test } from 'vitest'

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
