import type { AddressInfo } from 'node:net'
import { serve as listen } from '@hono/node-server'

/** Serves a fetch handler over HTTP on a free port of this machine. */
export async function serve(
  fetch: (request: Request) => Response | Promise<Response>,
): Promise<{ stop: () => Promise<void>; url: string }> {
  return new Promise((resolve) => {
    const server = listen({ fetch, hostname: '127.0.0.1', port: 0 }, ({ port }: AddressInfo) =>
      resolve({
        stop: () =>
          new Promise((stopped) => {
            server.close(() => stopped())
            if ('closeAllConnections' in server) server.closeAllConnections()
          }),
        url: `http://127.0.0.1:${port}`,
      }),
    )
  })
}
