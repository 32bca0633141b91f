import { AitokenError, confirm, transfer } from '@aitoken/core'
import {
  type Channel,
  type ChannelState,
  createMemoryArchive,
  type Ledger,
  type LedgerStore,
  rebuildChannels,
  requestClose,
  sumReserved,
} from '@aitoken/inference'
import { type ClosedAccount, type Consumer, createConsumer, type Lane } from '@aitoken/inference/consumer'
import { createProvider, type Provider } from '@aitoken/inference/provider'
import { createClient, custom, type Hex, type PrivateKeyAccount, parseEther } from 'viem'
import { anvil } from 'viem/chains'
import { expect } from 'vitest'

import { bob, carol, client, clientOf, deployment } from '../anvil.js'
import { ask, budget, prices } from '../market.js'
import { type Blackout, connect, connectStore, createLife, type Life } from './createLife.js'
import { createScript } from './createScript.js'

const never = new Promise<never>(() => undefined)

/** Output tokens that a stream of this world is paid ahead. */
export const window = 8

const { aiToken: token, paymentChannels: channels } = deployment
const url = 'https://carol.example'

/** What Bob asked for, and what became of it. */
export type Task = {
  /** Stops reading. */
  abort(): void
  /** Words that arrived. */
  arrived: number
  /** Whether the answer came to its end with a bill that was checked. */
  complete: boolean
  /** What went wrong. */
  error: unknown
  /** Resolves when nothing more will arrive. */
  ended: Promise<void>
  readonly stream: boolean
  readonly words: number
}

/** Carol's gateway and Bob's app, which can lose their power at any moment; books and chain stay. */
export type World = {
  /** What Bob was charged by bills that he checked, over all runs of his app, in base units. */
  billed(): bigint
  readonly script: ReturnType<typeof createScript>
  readonly tasks: readonly Task[]
  /** Bob asks for so many words. */
  ask(task: { stream: boolean; words: number }): void
  /** Lets time pass, in milliseconds, as both see it. */
  advance(milliseconds: number): void
  blackout(blackout: Blackout): void
  /** The channels that Bob opened, the last one last, as the chain tells it. */
  channels(): Promise<readonly (ChannelState & { channel: Channel; channelId: Hex })[]>
  /** Bob asks Carol to close. */
  close(): Promise<ClosedAccount>
  /** How often Carol's gateway lost its power. */
  crashes(): number
  /** Bob announces his exit on chain, without asking anybody. */
  exit(): Promise<void>
  /** What the gateway does, as long as it has power. */
  powered<value>(work: Promise<value>): Promise<value>
  provider(): Provider
  restartConsumer(): void
  restartProvider(): void
  /** Ends all processes, and waits until nothing is on its way to the chain any more. */
  stop(): Promise<void>
}

/** How a world's payments go. */
export type Terms = {
  /** Base units that sessions may owe. */
  creditWindow: bigint
  lane: Lane
}

/** Creates a world around a store that outlives the processes. */
export async function createWorld(store: LedgerStore, { creditWindow, lane }: Terms): Promise<World> {
  await confirm(client, {
    hash: await transfer(client, { amount: parseEther('100'), to: bob.address, token }),
  })
  const script = createScript()
  const tasks: Task[] = []
  const consumers: Consumer[] = []
  const archive = createMemoryArchive()
  let time = Date.now()
  const now = () => time

  let starts = 0
  const lives: Life[] = []
  const begin = () => {
    const life = createLife()
    lives.push(life)
    return life
  }
  const calls = new Set<Promise<unknown>>()
  const startProvider = () => {
    starts += 1
    const life = begin()
    const books = connectStore(store, { check: checkBook, life })
    const { upstream } = script
    const provider = createProvider({
      channels,
      client: connectChain(carol, { calls, life }),
      creditWindow,
      models: [
        {
          id: 'shakespeare',
          maxOutputTokens: 512,
          prices,
          upstream: {
            ...upstream,
            // The connection to the model breaks with the process, too.
            fetch: (path, request) =>
              upstream.fetch(path, { ...request, signal: AbortSignal.any([request.signal, life.signal]) }),
          },
        },
      ],
      now,
      store: books,
      streamWindow: window,
      token,
      // So long, too, does a request wait whose first attempt died with its process.
      upstreamTimeout: 1_000,
    })
    return { books, life, provider }
  }
  let gateway = startProvider()
  const running = () => {
    if (gateway.life.ended()) gateway = startProvider()
    return gateway
  }

  const startConsumer = () => {
    const life = begin()
    const consumer = createConsumer({
      backoff: async () => undefined,
      budget,
      channels,
      client: connectChain(bob, { calls, life }),
      fetch: (input, init) => {
        const { life: other, provider } = running()
        return connect(provider, [life, other])(new Request(input, init))
      },
      lane,
      now,
      store: {
        ...archive,
        transact: (key, fn) => life.until(life.ended() ? never : archive.transact(key, fn)),
      },
      token,
    })
    consumers.push(consumer)
    return { consumer, life }
  }
  let app = startConsumer()

  return {
    advance(milliseconds) {
      time += milliseconds
    },
    ask({ stream, words }) {
      tasks.push(perform(app, { seed: tasks.length, stream, words }))
    },
    blackout: (blackout) => running().books.strike(blackout),
    channels: readChannels,
    close: () => app.consumer.close(url),
    billed: () => consumers.reduce((sum, consumer) => sum + consumer.spent(), 0n),
    crashes: () => starts - 1 + Number(gateway.life.ended()),
    async exit() {
      const last = (await readChannels()).at(-1)
      if (!last || last.closed || last.closeAt > 0) return
      const { channel } = last
      const bobs = clientOf(bob)
      await confirm(bobs, { hash: await requestClose(bobs, { channel, channels }) })
    },
    powered: (work) => running().life.until(work),
    provider: () => running().provider,
    restartConsumer() {
      app.life.end()
      app = startConsumer()
    },
    restartProvider: () => gateway.life.end(),
    script,
    async stop() {
      for (const life of lives) life.end()
      await Promise.allSettled(calls)
    },
    tasks,
  }
}

/** A process's way to the chain, which ends with it; what is on its way to the node arrives all the same. */
function connectChain(
  account: PrivateKeyAccount,
  { calls, life }: { calls: Set<Promise<unknown>>; life: Life },
) {
  const { request } = clientOf(account)
  return createClient({
    account,
    cacheTime: 0,
    chain: anvil,
    pollingInterval: 20,
    transport: custom({
      async request(call) {
        if (life.ended()) return never
        const answer = request(call)
        calls.add(answer)
        const value: unknown = await answer.finally(() => calls.delete(answer))
        return life.ended() ? never : value
      },
    }),
  })
}

/** Bob's channels, in the order in which they opened. */
async function readChannels() {
  const book = await rebuildChannels(client, { channels })
  return [...book.channels]
    .map(([channelId, state]) => ({ channelId, ...state }))
    .filter(({ channel }) => channel.payer === bob.address)
}

/** What must hold at every write, whatever happened before. */
function checkBook(before: Ledger | undefined, after: Ledger | undefined): void {
  if (!after) return
  const used = after.spent + sumReserved(after)
  expect(used).toBeLessThanOrEqual(after.authorized + after.credit)
  if (after.grants.length === 0) expect(used).toBeLessThanOrEqual(after.authorized)
  expect(after.authorized).toBeLessThanOrEqual(after.deposit - after.margin)
  expect(after.settled).toBeLessThanOrEqual(after.spent)
  expect(after.spent).toBeGreaterThanOrEqual(before?.spent ?? 0n)
  expect(after.authorized).toBeGreaterThanOrEqual(before?.authorized ?? 0n)
}

/** Asks, and reads until the answer ends, breaks, or is no longer wanted. */
function perform(
  { consumer, life }: { consumer: Consumer; life: Life },
  { seed, stream, words }: { seed: number; stream: boolean; words: number },
): Task {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  const controller = new AbortController()
  const task: Task = {
    abort() {
      controller.abort()
      void reader?.cancel().catch(() => undefined)
    },
    arrived: 0,
    complete: false,
    ended: Promise.resolve(),
    error: undefined,
    stream,
    words,
  }
  const read = async () => {
    const request = ask({ max_tokens: words, seed, stream })
    const response = await consumer.fetch(`${url}/v1/completions`, { ...request, signal: controller.signal })
    if (response.status !== 200) return
    reader = response.body?.getReader()
    for (let text = ''; ; ) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
      if (value) text += new TextDecoder().decode(value)
      task.arrived = text.split(' word').length - 1
      if (!done) continue
      task.complete = !controller.signal.aborted && task.arrived === words
      return
    }
  }
  // Nobody waits for what a dead process was waiting for.
  task.ended = life.until(read()).catch((error: unknown) => {
    task.error = error
    // Whatever goes wrong has a name, except what the platform calls a connection that broke or was given up.
    const broke =
      (error instanceof TypeError && error.message === 'fetch failed') ||
      (error instanceof DOMException && error.name === 'AbortError')
    if (!broke) expect(AitokenError.is(error), String(error)).toBe(true)
  })
  return task
}
