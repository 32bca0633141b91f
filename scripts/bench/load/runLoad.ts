import type { MeasuredServer } from '../servers/startServer.ts'
import { type Connection, encodePost } from './openConnection.ts'

/** A kind of request that is measured. */
export type Lane = {
  readonly body: string
  /** The status that every answer must have. */
  readonly expected: number
  readonly path: string
  /** Headers of the next payment of a connection, which are made before the clock runs. */
  readonly pay?: Pay
  /** Told how many payments of a connection come next. */
  readonly ready?: (connection: number, count: number) => Promise<void>
}

/** Makes the headers that pay for the next request of a connection. */
export type Pay = (connection: number) => Promise<Readonly<Record<string, string>>>

/** What a run took. */
export type Load = {
  /** Processor time of the server for each request, in microseconds. */
  micros: number
  /** Requests per second of wall time. */
  perSecond: number
}

/** Sends so many requests over the connections, each of which waits for its answer before it sends the next. */
export async function runLoad(
  server: MeasuredServer<unknown>,
  { connections, count, lane }: { connections: readonly Connection[]; count: number; lane: Lane },
): Promise<Load> {
  const { body, expected, path, pay, ready } = lane
  const each = Math.max(1, Math.round(count / connections.length))
  const work = await Promise.all(
    connections.map(async (connection, index) => {
      await ready?.(index, each)
      const requests: string[] = []
      for (let made = 0; made < each; made++) requests.push(encodePost(path, body, await pay?.(index)))
      return { connection, requests }
    }),
  )
  const before = await server.cpu()
  const rest = keepAwake()
  const start = performance.now()
  await Promise.all(
    work.map(async ({ connection, requests }) => {
      for (const request of requests) {
        const { status, tail } = await connection.send(request)
        if (status !== expected) throw new Error(`${path} answered ${status}, not ${expected}: ${tail()}`)
      }
    }),
  )
  const seconds = (performance.now() - start) / 1000
  rest()
  const sent = each * connections.length
  return { micros: ((await server.cpu()) - before) / sent, perSecond: sent / seconds }
}

/**
 * Keeps this process from sleeping until it may rest: waking a client is work of the kernel that is charged to the
 * server which answers it, and a quick server rarely finds its client asleep.
 */
function keepAwake(): () => void {
  let awake = true
  const spin = () => {
    if (awake) setImmediate(spin)
  }
  spin()
  return () => {
    awake = false
  }
}
