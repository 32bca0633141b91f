import type { MeasuredServer } from '../servers/startServer.ts'
import { type Connection, encodePost } from './openConnection.ts'

/** A kind of request that is measured. */
export type Lane = {
  readonly body: string
  /** The status that every answer must have. */
  readonly expected: number
  readonly path: string
  /** Headers of the next payment of a connection, which are made before the clock runs. */
  readonly pay?: ((connection: number) => Promise<Readonly<Record<string, string>>>) | undefined
}

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
  const { body, expected, path, pay } = lane
  const each = Math.max(1, Math.round(count / connections.length))
  const work = await Promise.all(
    connections.map(async (connection, index) => {
      const requests: string[] = []
      for (let made = 0; made < each; made++) requests.push(encodePost(path, body, await pay?.(index)))
      return { connection, requests }
    }),
  )
  const before = await server.cpu()
  const start = performance.now()
  await Promise.all(
    work.map(async ({ connection, requests }) => {
      for (const request of requests) {
        const { head, status } = await connection.send(request)
        if (status !== expected) throw new Error(`${path} answered ${status}, not ${expected}: ${head}`)
      }
    }),
  )
  const seconds = (performance.now() - start) / 1000
  const sent = each * connections.length
  return { micros: ((await server.cpu()) - before) / sent, perSecond: sent / seconds }
}
