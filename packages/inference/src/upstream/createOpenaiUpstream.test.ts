import { expect, test } from 'vitest'

import { createOpenaiUpstream, UpstreamUrlError } from './createOpenaiUpstream.js'

const request = {
  body: '{"model":"public","prompt":"To be"}',
  headers: { 'content-type': 'application/json' },
  method: 'POST',
  signal: new AbortController().signal,
} as const

/** Records what leaves for the server. */
function record(response = new Response('{}')) {
  const sent: { init: RequestInit; url: string }[] = []
  const fetch = async (url: string, init: RequestInit) => {
    sent.push({ init, url })
    return response
  }
  return { fetch, sent }
}

test('default', async () => {
  const { fetch, sent } = record()
  const upstream = createOpenaiUpstream({ baseUrl: 'http://localhost:8000/api/v1/', fetch })
  await upstream.fetch('http://upstream/v1/chat/completions', request)
  expect(sent[0]?.url).toBe('http://localhost:8000/api/v1/chat/completions')
  expect(sent[0]?.init).toMatchObject({ body: request.body, headers: request.headers, method: 'POST' })
  expect(sent[0]?.init.signal).toBe(request.signal)
})

test('behavior: renames the model and brings its own key', async () => {
  const { fetch, sent } = record()
  const upstream = createOpenaiUpstream({
    apiKey: 'sk-own',
    baseUrl: 'https://host/v1',
    fetch,
    model: 'private',
  })
  await upstream.fetch('http://upstream/v1/completions', {
    ...request,
    body: new TextEncoder().encode(request.body),
  })
  expect(JSON.parse(String(sent[0]?.init.body))).toEqual({ model: 'private', prompt: 'To be' })
  expect(sent[0]?.init.headers).toMatchObject({ authorization: 'Bearer sk-own' })
})

test('behavior: what is between provider and server stays there', async () => {
  const headers = { 'content-type': 'text/event-stream', 'openai-organization': 'carol', 'set-cookie': 'a=b' }
  const { fetch } = record(new Response('data', { headers, status: 429 }))
  const upstream = createOpenaiUpstream({ baseUrl: 'https://host/v1', fetch })
  const response = await upstream.fetch('http://upstream/v1/completions', request)
  expect(response.status).toBe(429)
  expect([...response.headers]).toEqual([['content-type', 'text/event-stream']])
  expect(await response.text()).toBe('data')
})

test('error: UpstreamUrlError', () => {
  for (const baseUrl of ['', 'localhost:8000', 'ftp://host/v1', '/v1'])
    expect(() => createOpenaiUpstream({ baseUrl })).toThrow(UpstreamUrlError)
})
