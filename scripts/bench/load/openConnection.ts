import { once } from 'node:events'
import { connect } from 'node:net'

/** One keep-alive connection to a server on this machine, with one request at a time. */
export type Connection = {
  close(): void
  /** Sends a request as it is; resolves when its answer is complete. */
  send(request: string, onBytes?: (bytes: Buffer) => void): Promise<Reply>
}

export type Reply = {
  readonly head: string
  readonly status: number
  /** The last bytes of the body, as text. */
  tail(): string
}

const chunkedEnd = Buffer.from('\r\n0\r\n\r\n')

/**
 * Opens a connection. An HTTP client library would take more processor time than the servers that are measured,
 * and so measure itself.
 */
export async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ host: '127.0.0.1', noDelay: true, port })
  await once(socket, 'connect')
  let take: ((bytes: Buffer) => void) | undefined
  let fail: ((error: Error) => void) | undefined
  socket.on('data', (bytes) => take?.(bytes))
  socket.on('error', (error) => fail?.(error))
  socket.on('close', () => fail?.(new Error('The server closed the connection.')))

  return {
    close: () => socket.destroy(),
    send(request, onBytes) {
      return new Promise((resolve, reject) => {
        if (socket.destroyed) return reject(new Error('The server closed the connection.'))
        let head: string | undefined
        let held: Buffer = Buffer.alloc(0)
        let missing = 0
        let chunked = false
        fail = reject
        take = (bytes) => {
          if (head === undefined) {
            held = held.length === 0 ? bytes : Buffer.concat([held, bytes])
            const end = held.indexOf('\r\n\r\n')
            if (end < 0) return
            head = held.toString('latin1', 0, end).toLowerCase()
            chunked = head.includes('transfer-encoding: chunked')
            missing = Number(/content-length: (\d+)/.exec(head)?.[1] ?? 0)
            // Kept from the line break on, which may begin the end of a body of no chunks.
            held = held.subarray(end + (chunked ? 2 : 4))
            if (held.length > (chunked ? 2 : 0)) onBytes?.(held)
          } else {
            onBytes?.(bytes)
            held = chunked ? Buffer.concat([held.subarray(-6), bytes]) : bytes
          }
          missing -= chunked ? 0 : held.length
          if (chunked ? held.subarray(-7).equals(chunkedEnd) : missing <= 0) {
            take = undefined
            const tail = held
            resolve({ head, status: Number(head.slice(9, 12)), tail: () => tail.toString() })
          }
        }
        socket.write(request)
      })
    },
  }
}

/** Writes a POST of JSON. */
export function encodePost(
  path: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${lines.join('')}\r\n${body}`
}
