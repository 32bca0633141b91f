import { createVoucherSigner, loadEngine } from '@aitoken/inference'
import type { Hex } from 'viem'
import { anvil } from 'viem/chains'

import { startChain } from '../../examples/chain/startChain.ts'
import { body } from './contenders/contender.ts'
import { createConnections } from './load/createConnections.ts'
import { median } from './load/median.ts'
import { encodePost, openConnection } from './load/openConnection.ts'
import { type Lane, runLoad } from './load/runLoad.ts'
import { imaginedChannel } from './payments/imaginedChannel.ts'
import { createOpener, type Wallet } from './payments/openChannels.ts'
import { createVoucherPayer } from './payments/payVouchers.ts'
import { type MeasuredServer, startServer } from './servers/startServer.ts'

type Server = MeasuredServer<{ priceTag: Hex }>

/** Connections at a time. */
const parallel = 8

/** Streams that are open at once. */
const streams = 300

/** Channels that pay at once, each from a book of its own among ten times as many. */
const paying = 10_000

/** What channels and streams hold in a gateway's memory, and what very many channels cost. */
export async function benchMemory() {
  const chain = await startChain()
  const servers: Server[] = []
  const pool = createConnections()
  try {
    const { rpcUrl } = chain
    const { contracts, open, signer } = await createOpener(rpcUrl)
    const { aiToken, paymentChannels } = contracts
    const start = async (seeded: number) => {
      const options = { aiToken, books: { seeded }, paymentChannels, rpcUrl }
      const server = await startServer<{ priceTag: Hex }>('aitoken.ts', options, ['--expose-gc'])
      servers.push(server)
      return server
    }
    const engine = await loadEngine()
    const sign = createVoucherSigner({ chainId: anvil.id, channels: paymentChannels, signer })
    const imagine = (count: number, from: number): Wallet[] =>
      Array.from({ length: count }, (_, index) => {
        const { channelId } = imaginedChannel(from + index, { aiToken, engine, paymentChannels })
        return { channelId, channels: paymentChannels, descriptor: undefined, sign, signed: 0n, signer }
      })
    const heapOf = async (server: Server) => Number(await server.ask('heap'))

    const few = await start(10)
    const most = await start(100_000)
    const bytesPerBook = ((await heapOf(most)) - (await heapOf(few))) / 99_990
    // Requests on other channels come first: what is compiled for them is not counted for the channels.
    const warm = imagine(1_000, 90_000)
    const connections = await pool.to(most.hello.port, parallel)
    await runLoad(most, { connections, count: 2_000, lane: payRound(warm, most) })
    const before = await heapOf(most)
    await runLoad(most, { connections, count: paying, lane: payRound(imagine(paying, 0), most) })
    const bytesPerPaying = ((await heapOf(most)) - before) / paying
    return {
      /** Of a channel that paid: its book, its last voucher, and what is remembered beside the store. */
      bytesPerChannel: bytesPerBook + bytesPerPaying,
      bytesPerStream: await measureStreams(few, await open(streams)),
      ...(await compare([few, imagine(parallel, 0)], [most, warm], pool)),
    }
  } finally {
    pool.close()
    await Promise.all(servers.map((server) => server.stop()))
    await chain.stop()
  }
}

/** Pays from all channels in turn; each connection has some for itself, so that none is overtaken by another. */
function payRound(wallets: readonly Wallet[], { hello: { priceTag } }: Server): Lane {
  const pay = createVoucherPayer(wallets, { priceTag, unreceipted: true })
  const own = Math.floor(wallets.length / parallel)
  const turns = new Map<number, number>()
  const payNext = (connection: number) => {
    const turn = turns.get(connection) ?? 0
    turns.set(connection, (turn + 1) % own)
    return pay(connection * own + turn)
  }
  return { body, expected: 200, path: '/v1/completions', pay: payNext }
}

/** What streams hold that stand still: paid ones, and beside them unpaid ones of the same model. */
async function measureStreams(server: Server, wallets: readonly Wallet[]) {
  const { port, priceTag } = server.hello
  const text = '{"model":"stalled","prompt":"Wherefore","max_tokens":64,"stream":true}'
  const pay = createVoucherPayer(wallets, { priceTag, unreceipted: false })
  const countSockets = async () => Number(await server.ask('sockets'))
  const idle = await countSockets()
  const hold = async (requestOf: (index: number) => Promise<string>) => {
    const before = Number(await server.ask('heap'))
    const connections = await Promise.all(
      wallets.map(async (_, index) => {
        const connection = await openConnection(port)
        const request = await requestOf(index)
        // It never ends; it is open when its first token arrived.
        await new Promise<void>((resolve, reject) => {
          connection.send(request, () => resolve()).catch(reject)
        })
        return connection
      }),
    )
    const bytes = (Number(await server.ask('heap')) - before) / wallets.length
    for (const connection of connections) connection.close()
    // What the server still has to let go of would be missing from the next figure.
    while ((await countSockets()) > idle);
    return bytes
  }
  // Once before it counts, which also meets the channels.
  await hold(async (index) => encodePost('/v1/completions', text, await pay(index)))
  return {
    paid: await hold(async (index) => encodePost('/v1/completions', text, await pay(index))),
    unpaid: await hold(async () => encodePost('/free/stalled/v1/completions', text)),
  }
}

/** What a paid request costs beside 100,000 books, and beside ten. */
async function compare(
  few: readonly [Server, readonly Wallet[]],
  most: readonly [Server, readonly Wallet[]],
  pool: ReturnType<typeof createConnections>,
) {
  const sides = [
    { lane: payRound(most[1], most[0]), name: 'among100000Micros', server: most[0] },
    { lane: payRound(few[1], few[0]), name: 'among10Micros', server: few[0] },
  ] as const
  const rounds: Record<string, number>[] = []
  for (let round = -1; round < 5; round++) {
    const micros: Record<string, number> = {}
    for (const { lane, name, server } of sides) {
      const connections = await pool.to(server.hello.port, parallel)
      micros[name] = (await runLoad(server, { connections, count: 1_000, lane })).micros
    }
    if (round >= 0) rounds.push(micros)
  }
  const of = (name: string) => median(rounds.map((round) => round[name] ?? Number.NaN))
  const times = rounds.map(
    (round) => (round.among100000Micros ?? Number.NaN) / (round.among10Micros ?? Number.NaN),
  )
  return {
    among10Micros: of('among10Micros'),
    among100000Micros: of('among100000Micros'),
    timesAmong100000: median(times),
  }
}
