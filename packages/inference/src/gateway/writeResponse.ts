import type { IncomingMessage, ServerResponse } from 'node:http'

/** How long the rest of a body that nobody wants may still come, in milliseconds. */
const patience = 1_000

/**
 * Writes a response, at the speed at which the client takes it: what waits in between is one chunk and what Node and
 * the kernel hold of it.
 *
 * @param incoming - The request, whose body may not have been read.
 * @param outgoing - Where to.
 * @param response - The response.
 */
export async function writeResponse(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  response: Response,
): Promise<void> {
  const headers: string[] = []
  for (const [name, value] of response.headers) headers.push(name, value)
  // A client that still sends what is refused would wait for someone to read it.
  if (!incoming.complete) {
    headers.push('connection', 'close')
    abandon(incoming, outgoing)
  }
  const { body, status } = response
  if (!body || incoming.method === 'HEAD') {
    await body?.cancel()
    outgoing.writeHead(status, body || status === 204 ? headers : [...headers, 'content-length', '0'])
    outgoing.end()
    return
  }
  const streams = response.headers.get('content-type')?.startsWith('text/event-stream') === true
  if (!streams) {
    const bytes = new Uint8Array(await response.arrayBuffer())
    outgoing.writeHead(status, [...headers, 'content-length', String(bytes.length)])
    outgoing.end(bytes)
    return
  }
  outgoing.writeHead(status, headers)
  outgoing.flushHeaders()
  await pipe(body, outgoing)
}

async function pipe(body: ReadableStream<Uint8Array>, outgoing: ServerResponse): Promise<void> {
  const reader = body.getReader()
  // The one who waits for the model has to hear it, too.
  const cancel = () => void reader.cancel().catch(() => undefined)
  if (outgoing.destroyed) return cancel()
  outgoing.once('close', cancel)
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done || outgoing.destroyed) break
      if (!outgoing.write(value)) await drained(outgoing)
    }
    outgoing.end()
  } catch {
    // Who made the stream knows why it broke, and has said so; the client learns it from the connection.
    outgoing.destroy()
  } finally {
    outgoing.off('close', cancel)
  }
}

/** Waits until the client took what was written, or went away. */
function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      outgoing.off('close', settle)
      outgoing.off('drain', settle)
      resolve()
    }
    if (outgoing.destroyed) return settle()
    outgoing.once('close', settle)
    outgoing.once('drain', settle)
  })
}

/** Reads past the rest of a body for a moment, so that the answer is not lost with the connection. */
function abandon(incoming: IncomingMessage, outgoing: ServerResponse): void {
  incoming.resume()
  const timer = setTimeout(() => incoming.destroy(), patience)
  timer.unref()
  outgoing.once('close', () => clearTimeout(timer))
}
