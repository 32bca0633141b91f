import { beforeAll, expect, test } from 'vitest'

import { loadShakespeare } from './loadShakespeare.js'
import type { NgramModel } from './model.js'
import { createNgramUpstream, type NgramUpstream } from './serveNgram.js'

let generated = 0
let model: NgramModel
let upstream: NgramUpstream

beforeAll(async () => {
  const { contexts, ...rest } = await loadShakespeare()
  // Each token is one look at the contexts more: the real model, with a meter on it.
  model = Object.defineProperty({ ...rest, contexts }, 'order', {
    get: () => {
      generated++
      return rest.order
    },
  })
  upstream = createNgramUpstream({ maxTokens: 1_000_000, model, name: 'shakespeare' })
})

const request = (options: object, init: RequestInit = {}) =>
  new Request('http://localhost/v1/completions', {
    body: JSON.stringify({ max_tokens: 100_000, model: 'shakespeare', prompt: 'O', seed: 1, ...options }),
    method: 'POST',
    ...init,
  })

test('default', async () => {
  const response = await upstream.fetch(
    request({ max_tokens: 3, stream: true, stream_options: { include_usage: true } }),
  )
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  const text = await response.text()
  const events = text.split('\n\n')
  expect(events.pop()).toBe('')
  expect(events.every((event) => event.startsWith('data: ') && !event.includes('\n'))).toBe(true)
  expect(events.pop()).toBe('data: [DONE]')
  const chunks: { choices: { finish_reason: string | null }[]; id: string }[] = events.map((event) =>
    JSON.parse(event.slice('data: '.length)),
  )
  expect(chunks.map(({ choices }) => choices[0]?.finish_reason)).toEqual([
    null,
    null,
    null,
    'length',
    undefined,
  ])
  expect(new Set(chunks.map(({ id }) => id)).size).toBe(1)
})

test('behavior: nothing is generated before it is read, nor ahead of a slow reader', async () => {
  const { body } = await upstream.fetch(request({ stream: true }))
  const reader = body?.getReader()
  const before = generated
  await new Promise((resolve) => setImmediate(resolve))
  expect(generated).toBe(before)
  await reader?.read()
  const each = generated - before
  expect(each).toBeGreaterThan(0)
  for (let reads = 2; reads <= 300; reads++) {
    await reader?.read()
    await new Promise((resolve) => setImmediate(resolve))
    expect((generated - before) / each).toBeLessThanOrEqual(reads + 1)
  }
  await reader?.cancel()
})

test('behavior: a reader that goes away ends the generation', async () => {
  const { body } = await upstream.fetch(request({ stream: true }))
  const reader = body?.getReader()
  await reader?.read()
  await reader?.cancel()
  const after = generated
  await new Promise((resolve) => setImmediate(resolve))
  expect(generated).toBe(after)
  expect(await reader?.read()).toEqual({ done: true, value: undefined })
})

test('behavior: an aborted request ends its stream', async () => {
  const controller = new AbortController()
  const { body } = await upstream.fetch(request({ stream: true }, { signal: controller.signal }))
  const reader = body?.getReader()
  await reader?.read()
  controller.abort()
  const after = generated
  await expect(reader?.read()).rejects.toMatchObject({ name: 'AbortError' })
  expect(generated).toBe(after)
})

test('behavior: an aborted request ends its answer', async () => {
  const controller = new AbortController()
  const before = generated
  const answered = upstream.fetch(request({ max_tokens: 1_000_000 }, { signal: controller.signal }))
  setImmediate(() => controller.abort())
  await expect(answered).rejects.toMatchObject({ name: 'AbortError' })
  expect(generated - before).toBeLessThan(20_000)
})

test('behavior: a request that was aborted before generates nothing', async () => {
  const before = generated
  const answered = upstream.fetch(request({ stream: true }, { signal: AbortSignal.abort() }))
  await expect(answered.then((response) => response.text())).rejects.toMatchObject({ name: 'AbortError' })
  expect(generated - before).toBeLessThan(20)
})

test('behavior: many streams share the process fairly', async () => {
  const order: number[] = []
  await Promise.all(
    [0, 1, 2].map(async (which) => {
      const { body } = await upstream.fetch(request({ max_tokens: 400, seed: which, stream: true }))
      for await (const _ of body ?? []) order.push(which)
    }),
  )
  const firstDone = Math.min(...[0, 1, 2].map((which) => order.lastIndexOf(which)))
  const begun = new Set(order.slice(0, firstDone))
  expect(begun.size).toBe(3)
})
