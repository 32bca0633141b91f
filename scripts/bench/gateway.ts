import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { encodePayment } from '@aitoken/inference'
import type { Hex } from 'viem'

import { startChain } from '../../examples/chain/startChain.ts'
import { openChannels, type Wallet } from './gatewayChannels.ts'

/** Connections at a time, each paying from a channel of its own. */
const connections = 4

/** Base units that every voucher adds: more than any request of the benchmark may cost. */
const step = 5_000n

type Lane = { body: string; path: string; pay?: { unreceipted: boolean } }

/** What to send, how often, and the status to expect. */
type Run = readonly [Lane, number, number]

const plain = '{"model":"trivial","prompt":"Wherefore art thou","max_tokens":16}'
const streamed = '{"model":"trivial","prompt":"Wherefore art thou","max_tokens":300,"stream":true}'
const paths = { free: '/free/v1/completions', paid: '/v1/completions' }

/** Processor time of a gateway's process with a trivial model, per request or per chunk, in microseconds. */
export async function benchGateway(): Promise<benchGateway.ReturnType> {
  const chain = await startChain()
  try {
    return await measure(chain.rpcUrl)
  } finally {
    await chain.stop()
  }
}

export declare namespace benchGateway {
  type ReturnType = {
    /** What payment adds to a request, receipt included. */
    addedMicros: number
    /** What payment adds when the payer does without a receipt. */
    addedWithoutReceiptMicros: number
    /** An unpaid request for a paid model. */
    challengeMicros: number
    /** Characters of the `AI-Payment` header. */
    headerBytes: number
    paidMicros: number
    /** Paid requests per second at 4 connections. */
    requestsPerSecond: number
    streamChunkPaidMicros: number
    streamChunkUnpaidMicros: number
    unpaidMicros: number
    /** Unpaid requests per second at 4 connections. */
    unpaidRequestsPerSecond: number
  }
}

async function measure(rpcUrl: string): Promise<benchGateway.ReturnType> {
  const { contracts, wallets } = await openChannels(rpcUrl, connections)
  const { aiToken, paymentChannels: channels } = contracts
  const server = fork(new URL('./gatewayServer.ts', import.meta.url), [rpcUrl, aiToken, channels])
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  try {
    const [{ chunks, hash, port }] = (await once(server, 'message')) as [
      { chunks: number; hash: Hex; port: number },
    ]
    const priceTag: Hex = `0x${hash.slice(2, 18)}`
    let headerBytes = 0

    const header = (wallet: Wallet, unreceipted: boolean) => {
      wallet.signed += step
      const { channelId, signed: cumulativeAmount } = wallet
      const signature = wallet.sign({ channelId, cumulativeAmount })
      const { descriptor } = wallet
      wallet.descriptor = undefined
      const text = encodePayment({
        channelId,
        cumulativeAmount,
        descriptor,
        priceTag,
        signature,
        unreceipted,
      })
      if (!descriptor) headerBytes = text.length
      return text
    }

    /** Sends requests over all connections; processor time of the server and wall time, per request. */
    const run = async ([lane, count, expected]: Run) => {
      const each = wallets.map((wallet) =>
        Array.from({ length: count / connections }, () =>
          lane.pay ? header(wallet, lane.pay.unreceipted) : undefined,
        ),
      )
      const before = await cpuOf(server)
      const start = performance.now()
      await Promise.all(
        each.map(async (payments) => {
          for (const payment of payments) {
            const status = await post({ agent, body: lane.body, path: lane.path, payment, port })
            if (status !== expected) throw new Error(`The gateway answered ${status} instead of ${expected}.`)
          }
        }),
      )
      const seconds = (performance.now() - start) / 1000
      return { micros: ((await cpuOf(server)) - before) / count, perSecond: count / seconds }
    }

    const lanes = {
      challenge: [{ body: plain, path: paths.paid }, 800, 402],
      paid: [{ body: plain, path: paths.paid, pay: { unreceipted: false } }, 800, 200],
      streamPaid: [{ body: streamed, path: paths.paid, pay: { unreceipted: false } }, 16, 200],
      streamUnpaid: [{ body: streamed, path: paths.free }, 16, 200],
      unpaid: [{ body: plain, path: paths.free }, 800, 200],
      unreceipted: [{ body: plain, path: paths.paid, pay: { unreceipted: true } }, 800, 200],
    } as const satisfies Record<string, Run>
    type Name = keyof typeof lanes
    const names = Object.keys(lanes) as Name[]

    for (const name of names) await run(lanes[name])
    const rounds: Record<Name, { micros: number; perSecond: number }>[] = []
    for (let round = 0; round < 5; round++) {
      const results = {} as (typeof rounds)[number]
      // Interleaved, so that what disturbs the machine disturbs all of them.
      for (const name of names) results[name] = await run(lanes[name])
      rounds.push(results)
    }
    const micros = (name: Name) => median(rounds.map((round) => round[name].micros))
    const perSecond = (name: Name) => median(rounds.map((round) => round[name].perSecond))
    const added = (name: Name) => median(rounds.map((round) => round[name].micros - round.unpaid.micros))
    return {
      addedMicros: added('paid'),
      addedWithoutReceiptMicros: added('unreceipted'),
      challengeMicros: micros('challenge'),
      headerBytes,
      paidMicros: micros('paid'),
      requestsPerSecond: perSecond('paid'),
      streamChunkPaidMicros: micros('streamPaid') / chunks,
      streamChunkUnpaidMicros: micros('streamUnpaid') / chunks,
      unpaidMicros: micros('unpaid'),
      unpaidRequestsPerSecond: perSecond('unpaid'),
    }
  } finally {
    agent.destroy()
    server.kill()
  }
}

async function cpuOf(server: ChildProcess): Promise<number> {
  const answered = once(server, 'message')
  server.send('cpu')
  const [{ system, user }] = (await answered) as [NodeJS.CpuUsage]
  return system + user
}

type Post = { agent: Agent; body: string; path: string; payment: string | undefined; port: number }

function post({ agent, body, path, payment, port }: Post): Promise<number> {
  const headers = {
    'content-length': body.length,
    'content-type': 'application/json',
    ...(payment === undefined ? {} : { 'ai-payment': payment }),
  }
  return new Promise((resolve, reject) => {
    const sent = request({ agent, headers, host: '127.0.0.1', method: 'POST', path, port }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
