import type { AddressInfo } from 'node:net'
import { transfer } from '@aitoken/core'
import { createConsumer } from '@aitoken/inference/consumer'
import { createNgramUpstream, loadShakespeare } from '@aitoken/inference/ngram'
import { createProvider, type Provider, type Upstream } from '@aitoken/inference/provider'
import { serve } from '@hono/node-server'
import { parseEther } from 'viem'

import { bob, carol, client, clientOf, deployment } from './anvil.js'

/** Prices in base units per million tokens: a token of output costs 600,000 wei. */
export const prices = { input: 200_000_000_000n, output: 600_000_000_000n, request: 7n }

/** What Bob lets himself spend in tests. */
export const budget = { request: parseEther('1'), session: parseEther('10') }

/** The built-in language model, as an upstream. */
export async function shakespeare(): Promise<Upstream> {
  return createNgramUpstream({ model: await loadShakespeare(), name: 'shakespeare' })
}

/** Carol sells a model over real HTTP. */
export async function openShop(
  parameters: Partial<createProvider.Parameters> & { upstream?: Upstream } = {},
) {
  const { upstream = await shakespeare(), ...rest } = parameters
  const failures: unknown[] = []
  const provider = createProvider({
    channels: deployment.paymentChannels,
    client: clientOf(carol),
    models: [{ id: 'shakespeare', maxOutputTokens: 512, prices, upstream }],
    onError: (error) => failures.push(error),
    token: deployment.aiToken,
    ...rest,
  })
  return { ...(await listen(provider.fetch)), failures, provider }
}

/** Serves a handler on a free port. */
export async function listen(fetch: Provider['fetch']): Promise<{ close(): Promise<void>; url: string }> {
  const { port, server } = await new Promise<{ port: number; server: ReturnType<typeof serve> }>(
    (resolve) => {
      const started = serve({ fetch, hostname: '127.0.0.1', port: 0 }, (info: AddressInfo) =>
        resolve({ port: info.port, server: started }),
      )
    },
  )
  return {
    async close() {
      if ('closeAllConnections' in server) server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
    url: `http://127.0.0.1:${port}`,
  }
}

/** Bob buys, with tokens that Alice gave him. */
export async function hireBob(parameters: Partial<createConsumer.Parameters> = {}) {
  const amount = parseEther('100')
  const hash = await transfer(client, { amount, to: bob.address, token: deployment.aiToken })
  await client.waitForTransactionReceipt({ hash })
  return createConsumer({
    budget,
    channels: deployment.paymentChannels,
    client: clientOf(bob),
    token: deployment.aiToken,
    ...parameters,
  })
}

/** A request for a completion. */
export function ask(options: Record<string, unknown> = {}): RequestInit {
  const body = {
    max_tokens: 40,
    model: 'shakespeare',
    prompt: 'JULIET:\n',
    seed: 1,
    temperature: 1,
    ...options,
  }
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' }, method: 'POST' }
}
