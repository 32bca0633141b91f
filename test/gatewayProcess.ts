// One of many gateways of one provider: its own process, its own server, and a database that all of them share.
import { withDeployment } from '@aitoken/core'
import { loadEngine, privateKeyToSigner } from '@aitoken/inference'
import { createPostgresStore } from '@aitoken/inference/postgres'
import { createProvider, type Upstream } from '@aitoken/inference/provider'
import { serve } from '@hono/node-server'
import { createClient, http } from 'viem'
import { anvil } from 'viem/chains'

import { keys } from './accounts.ts'
import { type GatewayTask, heldTokens, tokens } from './gatewayFleet.ts'

const { contracts, database, prices, rpcUrl } = JSON.parse(process.argv[2] ?? '') as GatewayTask

const eventOf = (index: number, last: boolean) => {
  const choices = [{ finish_reason: last ? 'stop' : null, index: 0, text: ' Romeo' }]
  const usage = { completion_tokens: index + 1, prompt_tokens: 1, total_tokens: index + 2 }
  return new TextEncoder().encode(`data: ${JSON.stringify({ choices, usage })}\n\n`)
}

/** A model that always says the same; asked to hold, it stops in the middle and says no more. */
const model: Upstream = {
  continuousUsage: true,
  async fetch(_, { body, signal }) {
    const { prompt, stream } = JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body))
    const never = () =>
      new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    const holds = prompt === 'hold'
    if (!stream) {
      if (holds) await never()
      const choices = [{ finish_reason: 'stop', index: 0, text: ' Romeo'.repeat(tokens) }]
      const usage = { completion_tokens: tokens, prompt_tokens: 1, total_tokens: tokens + 1 }
      return Response.json({ choices, usage })
    }
    let index = 0
    const events = new ReadableStream<Uint8Array>({
      async pull(controller) {
        if (holds && index === heldTokens) return never()
        if (index < tokens) controller.enqueue(eventOf(index, index + 1 === tokens))
        else {
          controller.enqueue(new TextEncoder().encode('data: [DONE]\n\n'))
          controller.close()
        }
        index += 1
      },
    })
    return new Response(events, { headers: { 'content-type': 'text/event-stream' } })
  },
}

const account = privateKeyToSigner(keys.carol, { engine: await loadEngine() })
const { fetch } = createProvider({
  client: createClient({ account, chain: withDeployment(anvil, contracts), transport: http(rpcUrl) }),
  models: [
    {
      id: 'shakespeare',
      maxOutputTokens: 512,
      prices: { input: BigInt(prices.input), output: BigInt(prices.output), request: BigInt(prices.request) },
      upstream: model,
    },
  ],
  onError: (error) => console.error(error),
  store: createPostgresStore({ ...database, connections: 4 }),
})
serve({ fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => process.send?.(`http://127.0.0.1:${port}`))
