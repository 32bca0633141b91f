import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { toRequest } from './toRequest.js'
import { writeResponse } from './writeResponse.js'

/** A handler behind a socket. */
export type HttpServer = {
  /** Takes no more connections, and cuts those that do not end within a second. */
  close(): Promise<void>
  /** Where it listens. */
  readonly url: string
}

/** How long open connections have to end by themselves, in milliseconds. */
const grace = 1_000

/**
 * Serves a fetch handler over HTTP/1.1. What a client takes slowly is read slowly; when it goes away, the request's
 * signal aborts at once.
 *
 * @param parameters - {@link serveHttp.Parameters}
 * @returns The server, once it listens.
 * @throws Node's error when the address cannot be listened on.
 */
export async function serveHttp(parameters: serveHttp.Parameters): Promise<HttpServer> {
  const { fetch, host, maxConnections, onError, port } = parameters

  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const gone = new AbortController()
    outgoing.once('close', () => {
      if (!outgoing.writableFinished) gone.abort()
    })
    const request = toRequest(incoming, gone.signal)
    const response = request ? await fetch(request) : new Response(null, { status: 400 })
    await writeResponse(incoming, outgoing, response)
  }

  const server = createServer(
    // The longest that a proxy in front keeps a connection, so that it is the proxy who closes it; and the time in
    // which a request must have arrived.
    { headersTimeout: 10_000, keepAliveTimeout: 75_000, requestTimeout: 30_000 },
    (incoming, outgoing) => {
      handle(incoming, outgoing).catch((error: unknown) => {
        outgoing.destroy()
        onError(error)
      })
    },
  )
  server.maxConnections = maxConnections
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  server.on('error', onError)

  return {
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      const timer = setTimeout(() => server.closeAllConnections(), grace)
      await closed
      clearTimeout(timer)
    },
    url: toUrl(server.address()),
  }
}

export declare namespace serveHttp {
  type Parameters = {
    /** Answers requests. */
    fetch: (request: Request) => Promise<Response>
    host: string
    /** Connections at once; more are closed at once. */
    maxConnections: number
    /** Told what breaks on the way. */
    onError: (error: unknown) => void
    /** 0 for any that is free. */
    port: number
  }
}

function toUrl(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') return String(address)
  const { address: host, family, port } = address
  return `http://${family === 'IPv6' ? `[${host}]` : host}:${port}`
}
