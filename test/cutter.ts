import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A network between a program and its database that breaks when it matters. */
export type Cutter = {
  /** Cuts the connection that carries the next commit. */
  arm(): void
  close(): Promise<void>
  /** How many connections were cut. */
  cuts(): number
  port: number
}

/**
 * Passes connections on to a server. Once armed, it cuts the one that carries the next commit: before the request
 * got through, or before its answer did.
 */
export async function cutConnections(
  server: { hostname: string; port: number },
  lost: 'answer' | 'request',
): Promise<Cutter> {
  let armed = false
  let cuts = 0
  const sockets = new Set<Socket>()

  const network = createServer((near) => {
    const far = connect(server.port, server.hostname)
    let losing = false
    const cut = () => {
      cuts += 1
      near.destroy()
      far.destroy()
    }
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('close', () => {
        sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
      // A cut shows at both ends as an error, which is the point.
      socket.on('error', () => socket.destroy())
    }
    near.on('data', (bytes) => {
      if (armed && bytes.includes('COMMIT')) {
        armed = false
        if (lost === 'request') return cut()
        losing = true
      }
      far.write(bytes)
    })
    far.on('data', (bytes) => (losing ? cut() : near.write(bytes)))
  })
  network.listen(0, '127.0.0.1')
  await once(network, 'listening')
  const { port } = network.address() as AddressInfo
  return {
    arm() {
      armed = true
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      network.close()
      await once(network, 'close')
    },
    cuts: () => cuts,
    port,
  }
}
