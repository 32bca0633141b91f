import fc from 'fast-check'
import { expect, test } from 'vitest'

import { join } from '../wire/comment.js'
import { classifyEvent, createMeter, measureEvent, meterEvent, outputOf } from './meterEvent.js'
import { readUsage } from './readUsage.js'
import { createEventSplitter } from './splitEvents.js'

const none = createMeter()
const chunk = (choice: unknown, usage?: unknown) =>
  `data: ${JSON.stringify({ choices: [choice], id: 'x', ...(usage === undefined ? {} : { usage }) })}\n\n`
const escapeUnit = (text: string) => `\\u${text.charCodeAt(0).toString(16).padStart(4, '0')}`
const usageOf = (completion_tokens: number) => ({ completion_tokens, prompt_tokens: 5, total_tokens: 9 })

test('default', () => {
  let meter = meterEvent(none, chunk({ delta: { content: '', role: 'assistant' }, finish_reason: null }))
  expect(outputOf(meter)).toBe(0)
  meter = meterEvent(meter, chunk({ delta: { content: 'To' }, finish_reason: null }))
  meter = meterEvent(meter, chunk({ finish_reason: null, text: ' be' }, null))
  expect(outputOf(meter)).toBe(2)
  meter = meterEvent(meter, chunk({ delta: { content: ', or' }, finish_reason: null }, usageOf(4)))
  expect(outputOf(meter)).toBe(4)
  meter = meterEvent(meter, chunk({ delta: {}, finish_reason: 'stop' }))
  expect(meter).toMatchObject({ finished: true, reported: 4 })
})

test('behavior: counts reasoning and arguments of tools as text', () => {
  const events = [
    chunk({ delta: { reasoning_content: 'Hm' } }),
    chunk({ delta: { tool_calls: [{ function: { arguments: '{"a"' }, index: 0 }] } }),
    'data: {"choices": [{"delta": {"content": "with spaces"}}]}\n\n',
  ]
  expect(outputOf(events.reduce(meterEvent, none))).toBe(3)
})

test('behavior: tells the events apart that are not passed on', () => {
  expect(classifyEvent('data: [DONE]\n\n')).toBe('done')
  expect(classifyEvent(`data: ${JSON.stringify({ choices: [], usage: usageOf(1) })}\n\n`)).toBe('usage')
  expect(classifyEvent(chunk({ text: 'a' }, usageOf(1)))).toBe('model')
  expect(classifyEvent(': keep-alive\n\n')).toBe('model')
})

test('property: text can say anything without being taken for a count', () => {
  const evil = fc.constantFrom(
    '"completion_tokens":999',
    '"usage":{"completion_tokens":9,"prompt_tokens":9}',
    '"choices":[]',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(evil, fc.string()), { maxLength: 4 }), (parts) => {
      const event = chunk({ finish_reason: null, text: `x${parts.join('')}` })
      expect(meterEvent(none, event)).toMatchObject({ events: 1, reported: 0, usageEvent: undefined })
      expect(readUsage(event)).toBeUndefined()
      expect(classifyEvent(event)).toBe('model')
    }),
  )
})

test('property: never takes text for longer than it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const bytes = new TextEncoder().encode(text).length
      const [plain, escaped] = [chunk({ text }), chunk({ text }).replace(/[^\0-\x7f]/g, escapeUnit)]
      expect(measureEvent(plain)).toBeLessThanOrEqual(bytes)
      expect(measureEvent(escaped)).toBeLessThanOrEqual(bytes)
      expect(measureEvent(plain)).toBeGreaterThanOrEqual(Math.ceil(bytes / 3))
    }),
  )
})

test('property: finds the usage wherever it stands', () => {
  const count = fc.nat()
  fc.assert(
    fc.property(
      count,
      count,
      count,
      count,
      fc.json(),
      fc.boolean(),
      (input, output, cached, reasoning, json, spaced) => {
        const usage = {
          completion_tokens: output,
          completion_tokens_details: { reasoning_tokens: reasoning },
          prompt_tokens: input,
          prompt_tokens_details: { cached_tokens: cached },
        }
        const text = JSON.stringify({ choices: [json], usage, zebra: { a: 1 } }, null, spaced ? 2 : 0)
        expect(readUsage(text)).toEqual({
          cachedInput: Math.min(cached, input),
          input,
          output,
          reasoning: Math.min(reasoning, output),
        })
      },
    ),
  )
})

test('property: no text makes reading usage fail', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json().map((json) => `"usage":${json}`),
      ),
      (text) => {
        const usage = readUsage(text)
        if (usage)
          expect(Object.values(usage).every((value) => Number.isSafeInteger(value) && value >= 0)).toBe(true)
      },
    ),
  )
})

test('property: events come out whole and in order, wherever chunks end', () => {
  const event = fc
    .array(fc.string({ unit: fc.constantFrom('a', ':', ' ', '☃') }), { maxLength: 3 })
    .chain((lines) =>
      fc.constantFrom('\n', '\r\n').map((end) => lines.map((line) => `x${line}${end}`).join('') + end),
    )
  fc.assert(
    fc.property(
      fc.array(event, { maxLength: 8 }),
      fc.array(fc.nat(), { maxLength: 30 }),
      (events, places) => {
        const bytes = new TextEncoder().encode(events.join(''))
        const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b)
        const splitter = createEventSplitter()
        const parts: Uint8Array[] = []
        for (const [index, start] of [0, ...ends].entries())
          parts.push(...splitter.split(bytes.slice(start, ends[index] ?? bytes.length)))
        expect(parts.map((part) => new TextDecoder().decode(part))).toEqual(events)
        expect(join([...parts, splitter.flush()])).toEqual(bytes)
      },
    ),
    { numRuns: 500 },
  )
})
