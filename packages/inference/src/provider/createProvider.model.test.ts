import fc from 'fast-check'
import type { Hex } from 'viem'
import { expect, test } from 'vitest'
import { client, deployment } from '~test/anvil.js'
import { prices } from '~test/market.js'
import { inputTokens } from '~test/world/createScript.js'
import { createWorld, type World, window } from '~test/world/createWorld.js'
import { getChannel } from '../channel/getChannel.js'
import { priceUsage } from '../price/priceUsage.js'
import { createSqliteStore } from '../sqlite/index.js'
import { createMemoryStore } from '../store/createMemoryStore.js'
import type { LedgerStore } from '../store/store.js'

const { paymentChannels: channels } = deployment
const price = { cachedInput: prices.input, model: 'shakespeare', reasoning: prices.output, ...prices }
const costOf = (output: number, input = inputTokens) =>
  priceUsage(price, { cachedInput: 0, input, output, reasoning: 0 })

/** A quarter of the prompt's characters, for a request whose input was never counted. */
const estimatedInput = 2

type Step =
  | { events: number; kind: 'allow'; task: number }
  | { kind: 'abort' | 'breakOff'; task: number }
  | { kind: 'ask'; stream: boolean; words: number }
  | { applied: boolean; kind: 'blackout'; writes: number }
  | { kind: 'exit' | 'restartConsumer' | 'restartProvider' | 'settle' | 'watch' }

const task = fc.nat({ max: 7 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      stream: fc.boolean(),
      words: fc.integer({ max: 5 * window, min: 1 }),
    }),
    weight: 5,
  },
  {
    arbitrary: fc.record({
      events: fc.integer({ max: 3 * window, min: 1 }),
      kind: fc.constant('allow' as const),
      task,
    }),
    weight: 6,
  },
  { arbitrary: fc.record({ kind: fc.constantFrom('abort' as const, 'breakOff' as const), task }), weight: 2 },
  {
    arbitrary: fc.record({
      applied: fc.boolean(),
      kind: fc.constant('blackout' as const),
      writes: fc.nat({ max: 4 }),
    }),
    weight: 2,
  },
  {
    arbitrary: fc.record({ kind: fc.constantFrom('restartConsumer' as const, 'restartProvider' as const) }),
    weight: 1,
  },
  { arbitrary: fc.record({ kind: fc.constantFrom('settle' as const, 'watch' as const) }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constant('exit' as const) }), weight: 1 },
)

const steps = fc.array(step, { maxLength: 40, minLength: 1, size: 'max' })

/** Takes one step; what the processes do about it goes on beside those that follow. */
async function take(world: World, step: Step): Promise<void> {
  switch (step.kind) {
    case 'abort':
      return world.tasks[step.task]?.abort()
    case 'allow':
      return world.script.allow(step.task, step.events)
    case 'ask':
      return world.ask(step)
    case 'blackout':
      return world.blackout(step)
    case 'breakOff':
      return world.script.breakOff(step.task)
    case 'exit':
      return world.exit()
    case 'restartConsumer':
      return world.restartConsumer()
    case 'restartProvider':
      return world.restartProvider()
    case 'settle':
      return world.powered(world.provider().settle()).then(() => undefined, ignoreBlackout)
    case 'watch':
      return world.powered(watchOnce(world)).catch(ignoreBlackout)
  }
}

/** Carol looks at the chain, as her watchtower does from time to time. */
async function watchOnce(world: World): Promise<void> {
  const tower = await world.provider().watch({ interval: 0 })
  await tower.tick()
  tower.stop()
}

/** Lets everything that is ready happen. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** Ends a world: everything is answered, whoever died is swept up, and all channels close on chain. */
async function finish(world: World, store: LedgerStore, creditWindow: bigint): Promise<void> {
  world.script.open()
  await Promise.all(world.tasks.map(({ ended }) => ended))
  world.advance(16 * 60_000)
  const opened = await world.channels()
  const last = opened.at(-1)
  const left = await Promise.all(opened.map(read))
  const met = async (channelId: Hex) =>
    (await store.transact(channelId, (ledger) => ({ ledger, result: ledger }))) !== undefined
  for (const { channelId } of opened) {
    // A channel that Carol never met is Bob's alone: he leaves with everything.
    if (!(await met(channelId)) && (await read({ channelId })).closeAt > 0) continue
    // Whoever loses power while it closes a channel comes back and tries again.
    for (let attempt = 0; attempt < 3 && !(await read({ channelId })).closed; attempt++) {
      const { closeAt } = await read({ channelId })
      const closing =
        channelId === last?.channelId && closeAt === 0
          ? world.close().then(({ disputed }) => expect(disputed).toBe(0n))
          : world.powered(world.provider().close(channelId))
      await closing.catch(ignoreBlackout)
    }
  }
  let lost = 0n
  let spent = 0n
  for (const { channelId } of opened) {
    const book = await store.transact(channelId, (ledger) => ({ ledger, result: ledger }))
    const state = await read({ channelId })
    if (!book) {
      expect(state.settled).toBe(0n)
      continue
    }
    expect(book.reserved).toEqual([])
    expect(state.closed).toBe(true)
    // A payer that leaves signs no last voucher, and then a hash chain pays whole links only.
    const unit = book.stream?.unit ?? 1n
    // Sessions owe a window at most.
    expect(book.credit).toBeLessThanOrEqual(creditWindow)
    expect(book.spent - state.settled).toBeGreaterThanOrEqual(0n)
    expect(book.spent - state.settled).toBeLessThan(unit + creditWindow)
    lost += book.spent - state.settled
    spent += state.settled
  }
  const bounds = boundCharge(world)
  expect(spent + lost).toBeGreaterThanOrEqual(bounds.least)
  expect(spent).toBeLessThanOrEqual(bounds.most)
  const billed = world.billed()
  // What was lost on a channel that Bob left was never billed to him.
  if (left.every(({ closeAt }) => closeAt === 0)) expect(billed).toBe(spent)
  else expect(billed).toBeLessThanOrEqual(spent + lost)
}

const read = ({ channelId }: { channelId: Hex }) => getChannel(client, { channelId, channels })

/** Lets what broke because its process died pass. */
function ignoreBlackout(error: unknown): void {
  if (!(error instanceof TypeError && error.message === 'fetch failed')) throw error
}

/** What all tasks together must have cost at least, and can have cost at most. */
function boundCharge({ crashes, script, tasks }: World): { least: bigint; most: bigint } {
  let least = 0n
  let most = 0n
  for (const [seed, { arrived, complete, words }] of tasks.entries()) {
    // A process that dies forgets what it delivered since it last wrote: less than a window.
    const written = crashes() > 0 ? Math.max(0, arrived - window) : arrived
    if (complete) least += costOf(words)
    else if (written > 0) least += costOf(written, estimatedInput)
    for (const { produced } of script.of(seed).takes) most += costOf(produced)
  }
  return { least, most }
}

const runs = Number(process.env.AITOKEN_RUNS ?? 20)
// Worlds shrink slowly: one that ends badly is printed whole, and begins again with its seed and path.
const rerun = { endOnFailure: true, ...(process.env.AITOKEN_PATH && { path: process.env.AITOKEN_PATH }) }

const cases = [
  ['voucher', createMemoryStore],
  ['hash-chain', () => createSqliteStore({ path: ':memory:' })],
  ['session', createMemoryStore],
] as const

/** What 16 tokens cost, twice a window. */
const trust = costOf(16, 0)

test.each(cases)(
  'property: whatever happens in whatever order, the provider earns what it delivered, paid by %s',
  { timeout: 5_000 * runs },
  async (lane, createStore) => {
    await fc.assert(
      fc.asyncProperty(steps, fc.boolean(), async (steps, trusting) => {
        const id = await client.snapshot()
        const store = createStore()
        const creditWindow = trusting && lane === 'session' ? trust : 0n
        const world = await createWorld(store, { creditWindow, lane })
        try {
          // The channel is open before anything else happens.
          world.script.allow(0, 1)
          world.ask({ stream: false, words: 1 })
          await world.tasks[0]?.ended
          expect(world.tasks[0]).toMatchObject({ complete: true, error: undefined })
          for (const step of steps) {
            await take(world, step)
            await turns(20)
          }
          await finish(world, store, creditWindow)
        } finally {
          await world.stop()
          await store.close()
          await client.revert({ id })
        }
      }),
      { ...rerun, numRuns: runs },
    )
  },
)
