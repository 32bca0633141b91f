import { serve } from '@hono/node-server'
import type { Hono } from 'hono'

/** What a measured server can be asked besides requests. */
type Commands = Readonly<Record<string, () => unknown>>

/**
 * Serves an app in a process of its own and answers what the benchmark asks about that process: nothing else runs
 * in it, so its processor time is the server's.
 */
export function serveMeasured(app: Hono, hello: () => unknown, commands: Commands = {}): void {
  const all: Commands = {
    ...commands,
    cpu: () => process.cpuUsage(),
    heap: readHeap,
    sockets: () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length,
  }
  process.on('message', async (name) => process.send?.(await all[String(name)]?.()))
  // A clean exit writes the profile when one is asked for.
  process.on('SIGTERM', () => process.exit(0))
  // Connections rest while others are measured.
  const serverOptions = { keepAliveTimeout: 600_000 }
  serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0, serverOptions }, async ({ port }) => {
    process.send?.({ ...((await hello()) as object), port })
  })
}

/** Bytes in use after what is garbage is gone; the process runs with `--expose-gc`. */
function readHeap(): number {
  for (let round = 0; round < 3; round++) globalThis.gc?.()
  const { arrayBuffers, heapUsed } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
