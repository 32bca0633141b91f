import type { Hex } from 'viem'

import { startChain } from '../../examples/chain/startChain.ts'
import { type Contender, freeLane, notes, readLane } from './contenders/contender.ts'
import { enterAitoken, enterUnpaid } from './contenders/enterAitoken.ts'
import { enterPeers } from './contenders/enterPeers.ts'
import { createConnections } from './load/createConnections.ts'
import { median } from './load/median.ts'
import { type Load, runLoad } from './load/runLoad.ts'
import { createOpener } from './payments/openChannels.ts'
import { type MeasuredServer, startServer } from './servers/startServer.ts'

/** Connections at a time, each with a channel of its own, where nothing else is said. */
const usual = 32

const rounds = 5

type Rounds = readonly Readonly<Record<string, Load>>[]

/**
 * Processor time of gateways' processes before the same model, which answers at once, in microseconds for each
 * request: medians over interleaved rounds. What payment adds is the difference to unpaid requests of the same
 * process in the same round.
 */
export async function benchGateway() {
  const chain = await startChain()
  const servers: MeasuredServer<unknown>[] = []
  const start = async <hello>(file: string, options: object) => {
    const server = await startServer<hello>(file, options)
    servers.push(server)
    return server
  }
  const connections = createConnections()
  try {
    const { rpcUrl } = chain
    const { contracts, open } = await createOpener(rpcUrl)
    const wallets = { link: await open(256), voucher: await open(256) }
    const { aiToken, paymentChannels } = contracts
    const aitoken = await start<{ priceTag: Hex }>('aitoken.ts', {
      aiToken,
      paymentChannels,
      rpcUrl,
      wholesale: true,
    })
    const mppx = await start('mppx.ts', { aiToken, connections: usual })
    const x402 = await start('x402.ts', { aiToken, connections: usual, rpcUrl })
    const ours = enterAitoken(aitoken, wallets)
    const peers = await enterPeers({ mppx, x402 }, aiToken)

    const run = async ({ count, lane, server }: Contender, at = usual) =>
      runLoad(server, { connections: await connections.to(server.hello.port, at), count, lane })
    const free = (server: MeasuredServer<unknown>): Contender => ({ count: 640, lane: freeLane(), server })

    const absent: Record<string, string> = {}
    const contenders: Record<string, Contender> = {
      challenge: enterUnpaid(aitoken),
      reading: { count: 640, lane: readLane(), server: aitoken },
      ...ours,
    }
    for (const [name, peer] of Object.entries(peers))
      if (typeof peer === 'string') absent[name] = peer
      else contenders[name] = peer
    const all = {
      ...contenders,
      unpaid: free(aitoken),
      unpaidMppx: free(mppx),
      unpaidX402: free(x402),
    }

    // Once before it counts: code is compiled as it gets hot, and channels are looked up on the chain.
    for (const contender of Object.values(all)) await run(contender)
    const measured: Record<string, Load>[] = []
    for (let round = 0; round < rounds; round++) {
      const results: Record<string, Load> = {}
      // Interleaved, so that what disturbs the machine disturbs all of them.
      for (const [name, contender] of Object.entries(all)) results[name] = await run(contender)
      measured.push(results)
    }

    const perSecond: Record<string, number> = {}
    for (const name of Object.keys({ ...contenders, unpaid: all.unpaid }))
      perSecond[`${name}At${usual}`] = of(measured, name, 'perSecond')
    for (const at of [1, 256])
      for (const [name, contender] of Object.entries({ ...ours, unpaid: all.unpaid })) {
        // The first time at so many connections meets their channels.
        await run({ ...contender, count: at }, at)
        const runs = [await run(contender, at), await run(contender, at), await run(contender, at)]
        perSecond[`${name}At${at}`] = median(runs.map((load) => load.perSecond))
      }

    const headerBytes: Record<string, number> = {}
    for (const name of ['link', 'session', 'voucher'] as const)
      headerBytes[name] = (await ours[name].lane.pay(0))['ai-payment']?.length ?? Number.NaN
    return {
      addedMicros: { ...nullsOf(absent), ...addedOf(measured, Object.keys(contenders)) },
      challengeMicros: of(measured, 'challenge', 'micros'),
      headerBytes,
      notes: { ...notes, ...absent },
      requestsPerSecond: { ...nullsOf(absent), ...perSecond },
      ...ratiosOf(measured, Object.keys(ours)),
      unpaidMicros: of(measured, 'unpaid', 'micros'),
    }
  } finally {
    connections.close()
    await Promise.all(servers.map((server) => server.stop()))
    await chain.stop()
  }
}

function of(measured: Rounds, name: string, figure: keyof Load): number {
  return median(measured.map((round) => round[name]?.[figure] ?? Number.NaN))
}

/** What payment adds in one round. */
function added(round: Readonly<Record<string, Load>>, name: string): number {
  const unpaid = name.startsWith('x402') ? 'unpaidX402' : name.startsWith('mppx') ? 'unpaidMppx' : 'unpaid'
  return (round[name]?.micros ?? Number.NaN) - (round[unpaid]?.micros ?? Number.NaN)
}

function addedOf(measured: Rounds, names: readonly string[]): Record<string, number> {
  const paid = names.filter((name) => name !== 'challenge')
  return Object.fromEntries(paid.map((name) => [name, median(measured.map((round) => added(round, name)))]))
}

/** How many times as much the peers add as each of our ways to pay. */
function ratiosOf(measured: Rounds, ours: readonly string[]) {
  const times = (peer: string) =>
    Object.fromEntries(
      ours.map((name) => [name, median(measured.map((round) => added(round, peer) / added(round, name)))]),
    )
  return {
    timesMppx: times('mppxSession'),
    timesMppxCharge: times('mppxCharge'),
    timesX402: times('x402Batch'),
    timesX402Exact: times('x402Exact'),
  }
}

function nullsOf(absent: Readonly<Record<string, string>>): Record<string, null> {
  return Object.fromEntries(Object.keys(absent).map((name) => [name, null]))
}
