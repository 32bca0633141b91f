import { InvalidArgumentError } from '@aitoken/core'
import fc from 'fast-check'
import OpenAI from 'openai'
import { expect, test } from 'vitest'

import { loadShakespeare } from './loadShakespeare.js'
import { createNgramUpstream } from './serveNgram.js'

const model = await loadShakespeare()
const upstream = createNgramUpstream({ maxBodyBytes: 10_000, maxTokens: 100, model, name: 'shakespeare' })
const messages = [{ content: 'Speak.', role: 'user' }]
const chat = { messages, model: 'shakespeare' }
const text = { model: 'shakespeare', prompt: 'Speak.' }

async function post(path: string, body: unknown) {
  const response = await upstream.fetch(`http://localhost/v1/${path}`, {
    body: typeof body === 'string' || body instanceof Blob ? body : JSON.stringify(body),
    method: 'POST',
  })
  const answer: { error?: { code: string | null; message: string; param: string | null; type: string } } =
    await response.json()
  return { ...answer, status: response.status }
}

test('default', async () => {
  const openai = new OpenAI({
    apiKey: 'none',
    baseURL: 'http://localhost/v1',
    fetch: upstream.fetch,
    maxRetries: 0,
  })
  const asked = openai.chat.completions.create({ messages: [], model: 'shakespeare' })
  await expect(asked).rejects.toBeInstanceOf(OpenAI.BadRequestError)
  const other = openai.chat.completions.create({
    messages: [{ content: 'O', role: 'user' }],
    model: 'marlowe',
  })
  await expect(other).rejects.toBeInstanceOf(OpenAI.NotFoundError)
  await expect(openai.models.retrieve('marlowe')).rejects.toBeInstanceOf(OpenAI.NotFoundError)
})

test('error: an unknown model is 404', async () => {
  const { error, status } = await post('completions', { ...text, model: 'marlowe' })
  expect(status).toBe(404)
  expect(error).toMatchObject({ code: 'model_not_found', param: 'model', type: 'invalid_request_error' })
})

test('error: what is no JSON is 400', async () => {
  for (const body of ['', '{', 'undefined', '{"model":', new Blob([Uint8Array.of(0x22, 0xff, 0x22)])])
    expect((await post('chat/completions', body)).status).toBe(400)
})

test('error: JSON of another shape is 400', async () => {
  for (const body of [null, 1, [], 'null', {}, { model: 1 }]) {
    expect((await post('chat/completions', body)).status).toBe(400)
    expect((await post('completions', body)).status).toBe(400)
  }
})

test.each([
  ['best_of', 2],
  ['frequency_penalty', 0.5],
  ['logit_bias', { 5: 1 }],
  ['logprobs', true],
  ['max_tokens', 0],
  ['max_tokens', 101],
  ['max_tokens', '5'],
  ['max_tokens', 1.5],
  ['n', 2],
  ['n', 'many'],
  ['presence_penalty', 1],
  ['response_format', { type: 'json_object' }],
  ['seed', 0.5],
  ['stop', ''],
  ['stop', ['a', 'b', 'c', 'd', 'e']],
  ['stop', 5],
  ['stream', 'yes'],
  ['stream_options', { include_usage: true }],
  ['temperature', -0.1],
  ['temperature', 2.1],
  ['temperature', 'hot'],
  ['tools', [{ type: 'function' }]],
  ['top_p', 0],
  ['top_p', 1.1],
])('error: %s of %j is 400', async (param, value) => {
  for (const [path, body] of [
    ['chat/completions', chat],
    ['completions', text],
  ] as const) {
    const { error, status } = await post(path, { ...body, [param]: value })
    expect(status).toBe(400)
    expect(error?.type).toBe('invalid_request_error')
    expect(error?.param?.split('.')[0]).toBe(param)
    expect(error?.message).toContain(param)
  }
})

test.each([
  ['messages', []],
  ['messages', 'Speak.'],
  ['messages', [{ content: 'Speak.', role: 'ghost' }]],
  ['messages', [{ content: 5, role: 'user' }]],
  ['messages', [{ content: [{ image_url: { url: 'data:' }, type: 'image_url' }], role: 'user' }]],
])('error: %s of %j is 400', async (param, value) => {
  const { error, status } = await post('chat/completions', { ...chat, [param]: value })
  expect(status).toBe(400)
  expect(error?.param?.split('.')[0]).toBe(param)
})

test.each([
  ['prompt', 5],
  ['prompt', []],
  ['prompt', ['a', 'b']],
  ['echo', true],
  ['suffix', 'end'],
])('error: %s of %j is 400', async (param, value) => {
  const { error, status } = await post('completions', { ...text, [param]: value })
  expect(status).toBe(400)
  expect(error?.param).toBe(param)
})

test('error: a body that is too long is 413', async () => {
  expect((await post('completions', { ...text, prompt: 'a'.repeat(10_000) })).status).toBe(413)
})

test('error: another method is 405, another path 404', async () => {
  const response = await upstream.fetch('http://localhost/v1/chat/completions')
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe('POST')
  expect((await upstream.fetch('http://localhost/v1/models', { method: 'DELETE' })).status).toBe(405)
  expect((await upstream.fetch('http://localhost/v1/embeddings')).status).toBe(404)
  expect((await upstream.fetch('http://localhost/')).status).toBe(404)
})

test('error: InvalidArgumentError for settings out of range', () => {
  for (const wrong of [{ maxTokens: 0 }, { maxBodyBytes: 1.5 }, { name: '' }])
    expect(() => createNgramUpstream({ model, name: 'shakespeare', ...wrong })).toThrow(InvalidArgumentError)
})

test('property: no JSON breaks it', async () => {
  const field = fc.constantFrom(
    'max_tokens',
    'messages',
    'n',
    'prompt',
    'seed',
    'stop',
    'stream',
    'temperature',
    'top_p',
  )
  await fc.assert(
    fc.asyncProperty(fc.dictionary(field, fc.jsonValue()), async (fields) => {
      for (const path of ['chat/completions', 'completions']) {
        const response = await upstream.fetch(`http://localhost/v1/${path}`, {
          body: JSON.stringify({ ...chat, ...text, ...fields }),
          method: 'POST',
        })
        expect([200, 400, 413]).toContain(response.status)
        await response.text()
      }
    }),
  )
})

test('error: names the limit that was passed', async () => {
  const { error } = await post('chat/completions', { ...chat, max_completion_tokens: 101, max_tokens: 5 })
  expect(error?.param).toBe('max_completion_tokens')
})
