import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One call of JSON-RPC. */
type Call = { id: number; method: string; params: readonly unknown[] }

/** What a node makes of a call: the chain's answer, its own, a failure, or silence. */
export type Behavior = (
  call: Call,
  ask: (call: Call) => Promise<unknown>,
) => 'fails' | 'hangs' | 'honest' | Promise<unknown>

/** Mallory's node: a real HTTP server between a client and the chain, which may fail, lag or lie. */
export async function openProxy(target: string) {
  let behave: Behavior = () => 'honest'
  const forward = async (call: Call): Promise<Record<string, unknown>> => {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ ...call, jsonrpc: '2.0' })
    return (await fetch(target, { body, headers, method: 'POST' })).json()
  }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const call = JSON.parse(Buffer.concat(chunks).toString()) as Call
    const outcome = behave(call, async (asked) => (await forward(asked)).result)
    if (outcome === 'hangs') return
    if (outcome === 'fails') {
      response.writeHead(503)
      response.end('upstream connect error')
      return
    }
    const answer =
      outcome === 'honest' ? await forward(call) : { id: call.id, jsonrpc: '2.0', result: await outcome }
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    /** From now on the node behaves so. */
    behave(behavior: Behavior) {
      behave = behavior
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
    url: `http://127.0.0.1:${port}`,
  }
}
