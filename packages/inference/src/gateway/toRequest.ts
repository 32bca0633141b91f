import type { IncomingMessage } from 'node:http'

/**
 * Makes a fetch request of what Node received. The body is read when it is asked for, and no faster.
 *
 * @param incoming - What Node received.
 * @param signal - Aborts when the client goes away.
 * @returns The request; undefined when the fetch standard has no such request.
 */
export function toRequest(incoming: IncomingMessage, signal: AbortSignal): Request | undefined {
  const { method = 'GET', rawHeaders, url = '/' } = incoming
  const headers = new Headers()
  for (let index = 0; index + 1 < rawHeaders.length; index += 2)
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '')
  // Such a path is another one after it was parsed, and proxies in front decide by what it was before.
  const [path = ''] = url.split('?')
  if (/\\|\/(\.|%2e){1,2}(\/|$)/i.test(path)) return undefined
  const bodiless = method === 'GET' || method === 'HEAD'
  try {
    // What the `host` header says is the client's word only, and no route depends on it.
    return new Request(url.startsWith('/') ? `http://gateway${url}` : 'http://gateway/', {
      headers,
      method,
      signal,
      ...(bodiless ? {} : { body: toStream(incoming), duplex: 'half' }),
    })
  } catch {
    // TRACE, CONNECT and URLs that are none: said with a status, for there is nothing more to know.
    return undefined
  }
}

function toStream(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  let chunks: AsyncIterator<Uint8Array> | undefined
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        chunks ??= incoming[Symbol.asyncIterator]()
        const { done, value } = await chunks.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
    },
    { highWaterMark: 0 },
  )
}
