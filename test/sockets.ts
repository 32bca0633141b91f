import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** What a proxy does when the first bytes of an answer come: passes them on, or cuts the connections. */
export type Cut = 'both' | 'client' | 'never'

/**
 * A TCP proxy in front of a server on this machine that cuts connections as it is told. `decide` is asked for each
 * request when it has been delivered; `both` cuts at once, `client` when the answer comes.
 */
export async function openProxy(target: string, decide: (request: string) => Cut) {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    let cut: Cut = 'never'
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket)
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
      // A cut connection is what these tests are about.
      socket.on('error', () => other.destroy())
    }
    client.on('data', (bytes) => {
      cut = decide(bytes.toString('latin1'))
      upstream.write(bytes, () => cut === 'both' && client.destroy())
    })
    upstream.on('data', (bytes) => (cut === 'client' ? client.destroy() : client.write(bytes)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port: own } = server.address() as AddressInfo
  return {
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
    url: `http://127.0.0.1:${own}`,
  }
}
