import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** When a proxy cuts the connections of a request: once it is delivered, when its answer comes, or within that. */
export type Cut = 'both' | 'client' | 'never' | 'within'

/**
 * A TCP proxy in front of a server on this machine that cuts connections as it is told. `decide` is asked for each
 * request when it has been delivered; `both` cuts at once, `client` when the answer comes, `within` after its headers
 * and a few bytes.
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
    upstream.on('data', (bytes) => {
      if (cut === 'client') return client.destroy()
      if (cut === 'never' || cut === 'both') return client.write(bytes)
      const end = bytes.indexOf('\r\n\r\n') + 10
      return client.write(bytes.subarray(0, end), () => client.destroy())
    })
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
