// The server whose processor time the gateway benchmark measures: nothing else runs in this process.
import { withDeployment } from '@aitoken/core'
import { hashPriceTable, loadEngine, privateKeyToSigner } from '@aitoken/inference'
import { createProvider, type Upstream } from '@aitoken/inference/provider'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { type Address, createClient, http } from 'viem'
import { anvil } from 'viem/chains'

import { keys } from '../../test/accounts.ts'

/** Chunks in one streamed answer. */
const chunks = 256

const answer = JSON.stringify({
  choices: [{ finish_reason: 'stop', index: 0, text: 'O Romeo, Romeo! wherefore art thou Romeo?' }],
  created: 0,
  id: 'cmpl-0',
  model: 'trivial',
  object: 'text_completion',
  usage: { completion_tokens: 12, prompt_tokens: 9, total_tokens: 21 },
})

const event = (index: number) => {
  const usage = { completion_tokens: index + 1, prompt_tokens: 9, total_tokens: index + 10 }
  const choices = [{ finish_reason: index + 1 === chunks ? 'stop' : null, index: 0, text: ' Romeo' }]
  const body = { choices, created: 0, id: 'cmpl-0', model: 'trivial', object: 'text_completion', usage }
  return new TextEncoder().encode(`data: ${JSON.stringify(body)}\n\n`)
}
const events = [
  ...Array.from({ length: chunks }, (_, index) => event(index)),
  new TextEncoder().encode('data: [DONE]\n\n'),
]

/** Answers at once, so that what is measured is the gateway. */
const trivial: Upstream = {
  continuousUsage: true,
  async fetch(_, { body: text }) {
    const { stream } = JSON.parse(typeof text === 'string' ? text : new TextDecoder().decode(text))
    if (!stream) return new Response(answer, { headers: { 'content-type': 'application/json' } })
    let at = 0
    const body = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          // Each chunk in a turn of its own, as it would come from a socket.
          await new Promise((resolve) => setImmediate(resolve))
          const next = events[at++]
          if (next) controller.enqueue(next)
          else controller.close()
        },
      },
      { highWaterMark: 0 },
    )
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  },
}

const [rpcUrl, aiToken, paymentChannels] = process.argv.slice(2) as [string, Address, Address]
const account = privateKeyToSigner(keys.carol, { engine: await loadEngine() })
const chain = withDeployment(anvil, { aiToken, paymentChannels })
const provider = createProvider({
  client: createClient({ account, chain, transport: http(rpcUrl) }),
  models: [
    {
      id: 'trivial',
      maxOutputTokens: 512,
      prices: { input: 1_000_000n, output: 2_000_000n },
      upstream: trivial,
    },
  ],
  onError: (error) => console.error(error),
})

const app = new Hono()
app.post('/free/v1/completions', async (context) => {
  const headers = { 'content-type': 'application/json' } as const
  const { signal } = context.req.raw
  return trivial.fetch(context.req.url, { body: await context.req.text(), headers, method: 'POST', signal })
})
app.all('*', (context) => provider.fetch(context.req.raw))
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, async ({ port }) => {
  const { priceTable: table } = await provider.quote()
  const hash = hashPriceTable({ chainId: anvil.id, channels: paymentChannels, table })
  process.send?.({ chunks, hash, port })
})
process.on('message', () => process.send?.(process.cpuUsage()))
