import { type IncomingMessage, request as send } from 'node:http'
import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'

import { type HttpServer, serveHttp } from './serveHttp.js'

let server: HttpServer | undefined
const failures: unknown[] = []

/** A few milliseconds on an idle machine; tests share theirs. */
const patience = 1_000
afterEach(async () => {
  await server?.close()
  server = undefined
  expect(failures.splice(0)).toEqual([])
})

async function serve(fetch: serveHttp.Parameters['fetch'], port = 0): Promise<string> {
  server = await serveHttp({
    fetch,
    host: '127.0.0.1',
    maxConnections: 100,
    onError: (error) => failures.push(error),
    port,
  })
  return server.url
}

/** Events without end; what was pulled and when it was cancelled. */
function endless(size = 1024) {
  const seen = { cancelledAt: Number.NaN, pulled: 0 }
  const stream = new ReadableStream<Uint8Array>(
    {
      cancel() {
        seen.cancelledAt = performance.now()
      },
      async pull(controller) {
        seen.pulled += size
        controller.enqueue(new Uint8Array(size).fill(46))
        // A turn of the event loop between events, as a model would take.
        await new Promise(setImmediate)
      },
    },
    { highWaterMark: 0 },
  )
  const response = new Response(stream, { headers: { 'content-type': 'text/event-stream' } })
  return { response, seen }
}

const until = async (holds: () => boolean) => {
  for (let turn = 0; turn < 100_000 && !holds(); turn++) await new Promise(setImmediate)
}

test('default', async () => {
  const url = await serve(async (request) => {
    const { method, url: asked } = request
    const headers = { 'content-type': 'application/json', 'x-asked': request.headers.get('x-ask') ?? '' }
    return Response.json({ body: await request.text(), method, path: new URL(asked).pathname }, { headers })
  })
  const response = await fetch(`${url}/v1/a?b=c`, {
    body: '{"é":1}',
    headers: { 'x-ask': 'me' },
    method: 'POST',
  })
  expect(await response.json()).toEqual({ body: '{"é":1}', method: 'POST', path: '/v1/a' })
  expect(response.headers.get('x-asked')).toBe('me')
  expect(Number(response.headers.get('content-length'))).toBeGreaterThan(0)
})

test('behavior: answers without a body', async () => {
  const url = await serve(async ({ method }) =>
    method === 'OPTIONS' ? new Response(null, { status: 204 }) : new Response('text', { status: 402 }),
  )
  const preflight = await fetch(url, { method: 'OPTIONS' })
  expect([preflight.status, preflight.headers.get('content-length')]).toEqual([204, null])
  const head = await fetch(url, { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([402, ''])
})

test('behavior: a client that goes away cancels the stream and aborts the request', async () => {
  const { response, seen } = endless()
  let abortedAt = Number.NaN
  const url = await serve(async (request) => {
    request.signal.addEventListener('abort', () => {
      abortedAt = performance.now()
    })
    return response
  })
  const client = new AbortController()
  const { body } = await fetch(url, { signal: client.signal })
  await body?.getReader().read()
  const leftAt = performance.now()
  client.abort()
  await until(() => !Number.isNaN(abortedAt) && !Number.isNaN(seen.cancelledAt))
  expect(abortedAt - leftAt).toBeLessThan(patience)
  expect(seen.cancelledAt - leftAt).toBeLessThan(patience)
})

test('behavior: a client that goes away before the answer aborts the request', async () => {
  let abortedAt = Number.NaN
  let asked = false
  const url = await serve(
    (request) =>
      new Promise((resolve) => {
        asked = true
        request.signal.addEventListener('abort', () => {
          abortedAt = performance.now()
          resolve(endless().response)
        })
      }),
  )
  const client = new AbortController()
  const answered = fetch(url, { signal: client.signal }).catch(() => undefined)
  await until(() => asked)
  const leftAt = performance.now()
  client.abort()
  await answered
  await until(() => !Number.isNaN(abortedAt))
  expect(abortedAt - leftAt).toBeLessThan(patience)
})

test('behavior: what a client does not take is not read', async () => {
  const { response, seen } = endless(65_536)
  const url = await serve(async () => response)
  const incoming = await new Promise<IncomingMessage>((resolve) => send(url, resolve).end())
  incoming.pause()
  // Until nothing moves any more: sockets of both sides are full then.
  let before = -1
  while (seen.pulled !== before) {
    before = seen.pulled
    for (let turn = 0; turn < 2_000; turn++) await new Promise(setImmediate)
  }
  expect(seen.pulled).toBeLessThan(16 * 1_048_576)
  incoming.resume()
  await until(() => seen.pulled > before + 1_048_576)
  expect(seen.pulled).toBeGreaterThan(before + 1_048_576)
  incoming.destroy()
  await until(() => !Number.isNaN(seen.cancelledAt))
})

test('behavior: a body that is not wanted does not cost the answer', async () => {
  const url = await serve(async () => new Response('no', { status: 413 }))
  const response = await fetch(url, { body: new Uint8Array(8 * 1_048_576), method: 'POST' })
  expect([response.status, await response.text()]).toEqual([413, 'no'])
})

test('behavior: a stream that breaks cuts the connection', async () => {
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new TextEncoder().encode('data: 1\n\n'))
      controller.error(new TypeError('sk-secret'))
    },
  })
  const url = await serve(
    async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
  )
  await expect(fetch(url).then((response) => response.text())).rejects.toThrow()
})

test('behavior: nonsense is answered, and the server lives on', async () => {
  const url = await serve(async () => new Response('yes'))
  const { hostname, port } = new URL(url)
  for (const nonsense of [
    'TRACE / HTTP/1.1\r\nhost: x\r\n\r\n',
    'GET http://[ HTTP/1.1\r\nhost: x\r\n\r\n',
    '\0\r\n\r\n',
  ]) {
    const answer = await new Promise<string>((resolve) => {
      let text = ''
      const socket = connect(Number(port), hostname, () => socket.write(nonsense))
      socket.on('data', (data) => {
        text += String(data)
        socket.end()
      })
      socket.on('close', () => resolve(text))
    })
    expect(answer).toMatch(/^HTTP\/1\.1 (200|400)/)
  }
  expect(await (await fetch(url)).text()).toBe('yes')
})

test('behavior: paths that parse to another one are refused', async () => {
  const paths: string[] = []
  const url = await serve(async (request) => {
    paths.push(new URL(request.url).pathname)
    return new Response('yes')
  })
  const { hostname, port } = new URL(url)
  const statusOf = (path: string) =>
    new Promise<number | undefined>((resolve) => {
      const asked = send({ hostname, path, port }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      asked.end()
    })
  for (const path of ['/a\\..\\metrics', '/a/../metrics', '/a/%2e%2E/metrics', '/./metrics', '/a/.'])
    expect(await statusOf(path)).toBe(400)
  expect(await statusOf('/v1/a..b?to=/../c')).toBe(200)
  expect(paths).toEqual(['/v1/a..b'])
})

test('error: the port is taken', async () => {
  const url = await serve(async () => new Response())
  const taken = serveHttp({
    fetch: async () => new Response(),
    host: '127.0.0.1',
    maxConnections: 1,
    onError: () => undefined,
    port: Number(new URL(url).port),
  })
  await expect(taken).rejects.toMatchObject({ code: 'EADDRINUSE' })
})
