import { withDeployment } from '@aitoken/core'
import { createConsumer } from '@aitoken/inference/consumer'
import { createClient, http } from 'viem'
import { anvil } from 'viem/chains'

import { startChain } from '../../examples/chain/startChain.ts'
import { createStallWatch, type StallWatch } from './load/createStallWatch.ts'
import { leaveStream } from './load/leaveStream.ts'
import { median, quantile } from './load/median.ts'
import { readStream } from './load/readStream.ts'
import { createOpener } from './payments/openChannels.ts'
import { chunks } from './servers/model.ts'
import { type MeasuredServer, startServer } from './servers/startServer.ts'

/** Ways to pay for a stream, each by a consumer and from a channel of its own. */
const lanes = ['hash-chain', 'session', 'voucher'] as const

const rounds = 4

type Send = (input: Request | URL | string, init?: RequestInit) => Promise<Response>

/** Sends a completion's request that streams, with the model and the number of tokens. */
type Ask = (model: string, tokens: number, signal?: AbortSignal) => Promise<Response>

/**
 * What payment costs a stream, with the real consumer: the gateway's processor time for each chunk, the time from
 * the model's writing of a token to its reading, and how long streams stood still for a payment.
 */
export async function benchStream() {
  const chain = await startChain()
  const servers: MeasuredServer<unknown>[] = []
  try {
    const { rpcUrl } = chain
    const { contracts, signer } = await createOpener(rpcUrl)
    const { aiToken, paymentChannels } = contracts
    const server = await startServer('aitoken.ts', { aiToken, paymentChannels, rpcUrl })
    servers.push(server)
    const url = `http://127.0.0.1:${server.hello.port}`
    const client = createClient({
      account: signer,
      chain: withDeployment(anvil, { aiToken, paymentChannels }),
      pollingInterval: 10,
      transport: http(rpcUrl),
    })
    const budget = { request: 10n ** 9n, session: 10n ** 15n }
    const buy = (lane: (typeof lanes)[number], send?: Send) =>
      createConsumer({ budget, client, fetch: send, lane }).fetch

    const asks: Record<string, Ask> = {
      unpaid: createAsk(`${url}/free/MODEL`, (to, init) => fetch(to, init)),
    }
    const watched: [string, Ask, StallWatch][] = []
    for (const lane of lanes) {
      const watch = createStallWatch()
      asks[lane] = createAsk(url, buy(lane))
      watched.push([lane, createAsk(url, buy(lane, watch.fetch)), watch])
    }
    // One after the other: the first stream of each opens its channel, and all of one account.
    for (const ask of Object.values(asks)) await drain(ask)
    for (const [, ask] of watched) await drain(ask)
    return {
      ...(await measureLeaving(asks, server)),
      chunkMicros: await measureChunks(asks, server),
      ...(await measureLatency(asks)),
      stalledMillisPer1000Tokens: await measureStalls(watched),
    }
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
    await chain.stop()
  }
}

function createAsk(url: string, send: Send): Ask {
  return (model, tokens, signal) =>
    send(`${url.replace('MODEL', model)}/v1/completions`, {
      body: JSON.stringify({ max_tokens: tokens, model, prompt: 'Wherefore art thou', stream: true }),
      headers: { 'content-type': 'application/json' },
      method: 'POST',
      ...(signal && { signal }),
    })
}

async function drain(ask: Ask): Promise<void> {
  const response = await ask('trivial', chunks)
  const text = await response.text()
  if (!response.ok || !text.includes('[DONE]')) throw new Error(`A stream was cut short: ${text.slice(-500)}`)
}

/** Processor time of the gateway for each chunk, four streams at a time. */
async function measureChunks(asks: Readonly<Record<string, Ask>>, server: MeasuredServer<unknown>) {
  const samples: Record<string, number[]> = {}
  for (let round = -1; round < rounds; round++)
    for (const [name, ask] of Object.entries(asks)) {
      const before = await server.cpu()
      for (let turn = 0; turn < 3; turn++) await Promise.all(Array.from({ length: 4 }, () => drain(ask)))
      const micros = ((await server.cpu()) - before) / (12 * chunks)
      if (round >= 0) samples[name] = [...(samples[name] ?? []), micros]
    }
  return eachOf(samples, median)
}

/** Time to the first token, and from the model's writing of each token to its reading: medians and 99 in 100. */
async function measureLatency(asks: Readonly<Record<string, Ask>>) {
  const delays: Record<string, number[]> = {}
  const firsts: Record<string, number[]> = {}
  for (let round = 0; round < rounds; round++)
    for (const [name, ask] of Object.entries(asks)) {
      delays[name] = [...(delays[name] ?? []), ...(await readStream(() => ask('paced', 300))).delays]
      for (let turn = 0; turn < 25; turn++) {
        const { first } = await readStream(() => ask('paced', 1))
        firsts[name] = [...(firsts[name] ?? []), first]
      }
    }
  return {
    chunkDelayP50Micros: eachOf(delays, median),
    chunkDelayP99Micros: eachOf(delays, (values) => quantile(values, 0.99)),
    firstTokenP50Micros: eachOf(firsts, median),
    firstTokenP99Micros: eachOf(firsts, (values) => quantile(values, 0.99)),
  }
}

/** Time from a payer's leaving a stream to the model's being told: the median, and the longest. */
async function measureLeaving(asks: Readonly<Record<string, Ask>>, server: MeasuredServer<unknown>) {
  const millis: Record<string, number[]> = {}
  for (const [name, ask] of Object.entries(asks).filter(([name]) => name !== 'unpaid'))
    for (let turn = 0; turn < 20; turn++)
      millis[name] = [
        ...(millis[name] ?? []),
        await leaveStream(server, (signal) => ask('paced', 1_000, signal)),
      ]
  return {
    cancelMaxMillis: eachOf(millis, (values) => Math.max(...values)),
    cancelP50Millis: eachOf(millis, median),
  }
}

/** How long a stream of a thousand tokens, two milliseconds apart, stands still for payments. */
async function measureStalls(watched: readonly [string, Ask, StallWatch][]) {
  const stalls: Record<string, number> = {}
  for (const [lane, ask, watch] of watched) {
    const before = watch.millis()
    const { delays } = await readStream(() => ask('paced', 1_000))
    stalls[lane] = ((watch.millis() - before) * 1_000) / delays.length
  }
  return stalls
}

function eachOf(
  samples: Readonly<Record<string, readonly number[]>>,
  figure: (values: readonly number[]) => number,
): Record<string, number> {
  return Object.fromEntries(Object.entries(samples).map(([name, values]) => [name, figure(values)]))
}
