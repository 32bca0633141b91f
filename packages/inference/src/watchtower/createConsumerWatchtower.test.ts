import { confirm, getBalance } from '@aitoken/core'
import { createClient, decodeFunctionResult, encodeFunctionResult, type Hex, http } from 'viem'
import { anvil } from 'viem/chains'
import { afterEach, expect, test } from 'vitest'
import { bob, carol, client, clientOf, deployment, isolate, rpcUrl } from '~test/anvil.js'
import { ask, budget, hireBob, openShop } from '~test/market.js'
import { openProxy } from '~test/proxy.js'

import { createMemoryArchive } from '../archive/createMemoryArchive.js'
import { getChannel } from '../channel/getChannel.js'
import { createConsumer } from '../consumer/createConsumer.js'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { settleChannel } from '../settlement/settleChannel.js'
import { createMemoryStore } from '../store/createMemoryStore.js'
import { CaptureExceedsBillsError } from './errors.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const { aiToken: token, paymentChannels: channels } = deployment
const wallet = clientOf(bob)
const chainNow = async () => Number((await client.getBlock()).timestamp) * 1000

/** Bob bought once from Carol. */
async function buy() {
  const books = createMemoryStore()
  const shop = await openShop({ store: books })
  closing.push(shop.close)
  const store = createMemoryArchive()
  const consumer = await hireBob({ store })
  const request = () => consumer.fetch(`${shop.url}/v1/completions`, ask())
  expect((await request()).status).toBe(200)
  const { channel, channelId } = await consumer.channel(shop.url)
  const state = () => getChannel(wallet, { channelId, channels })
  /** Carol takes so much, whatever she billed: the contract allows all that Bob signed for. */
  const capture = async (take: (spent: bigint, signed: bigint) => bigint) => {
    const book = await books.transact(channelId, (ledger) => ({ ledger, result: ledger }))
    const { signature, spent = 0n, vouched: cumulativeAmount = 0n } = book ?? {}
    expect(cumulativeAmount).toBeGreaterThan(spent)
    const capture = take(spent, cumulativeAmount)
    const carols = clientOf(carol)
    if (!signature) throw new TypeError('Bob signed nothing.')
    const settlement = { capture, channel, channels, cumulativeAmount, signature }
    await confirm(carols, { hash: await settleChannel(carols, settlement) })
    return capture
  }
  return { capture, channelId, consumer, request, shop, state, store }
}

test('default', async () => {
  const { capture, channelId, consumer, request, shop, state } = await buy()
  const tower = await consumer.watch({ interval: 0 })
  const billed = consumer.spent()
  const settled = await capture((spent) => spent + 5n)

  const { alarms, exits, watched } = await tower.tick({ now: await chainNow() })
  const { closeAt, deposit } = await state()
  expect({ exits, watched }).toEqual({ exits: 1, watched: 1 })
  expect(alarms).toMatchObject([
    { amount: 5n, channelId, error: { billed, settled }, kind: 'overcharged', origin: shop.url },
    { channelId, closeAt, kind: 'leaving' },
  ])
  expect(closeAt).toBeGreaterThan(0)
  await expect(request()).rejects.toBeInstanceOf(CaptureExceedsBillsError)

  expect((await tower.tick({ now: await chainNow() })).alarms).toEqual([])
  await client.increaseTime({ seconds: 901 })
  await client.mine({ blocks: 1 })
  const before = await getBalance(client, { account: bob.address, token })
  const ended = await tower.tick({ now: await chainNow() })
  expect(ended).toMatchObject({
    alarms: [{ amount: deposit - settled, channelId, kind: 'withdrawn' }],
    exits: 0,
  })
  expect((await getBalance(client, { account: bob.address, token })) - before).toBe(deposit - settled)
  expect((await state()).closed).toBe(true)
  expect((await tower.tick({ now: await chainNow() })).watched).toBe(0)
  // Nor is another channel opened to such a provider.
  await expect(request()).rejects.toBeInstanceOf(CaptureExceedsBillsError)
})

test('behavior: a provider that takes what it billed is left alone, however often it settles', async () => {
  const { consumer, request, shop, state } = await buy()
  const tower = await consumer.watch({ interval: 0, silenceLimit: 1 })
  for (let time = 0; time < 3; time++) {
    await shop.provider.settle()
    expect(await tower.tick({ now: await chainNow() })).toMatchObject({ alarms: [], exits: 0, watched: 1 })
    expect((await request()).status).toBe(200)
  }
  expect((await state()).closeAt).toBe(0)
})

test('behavior: what is charged for an answer that is lost is asked about, not held against it', async () => {
  const books = createMemoryStore()
  const shop = await openShop({ store: books })
  closing.push(shop.close)
  const consumer = await hireBob()
  const abort = new AbortController()
  const init = ask({ max_tokens: 400, stream: true })
  const response = await consumer.fetch(`${shop.url}/v1/completions`, { ...init, signal: abort.signal })
  await response.body?.getReader().read()
  abort.abort()
  const { channelId } = await consumer.channel(shop.url)
  const read = () => books.transact(channelId, (ledger) => ({ ledger, result: ledger }))
  await expect.poll(async () => (await read())?.reserved.length).toBe(0)
  await shop.provider.settle()
  const tower = await consumer.watch({ interval: 0 })
  expect(await tower.tick({ now: await chainNow() })).toMatchObject({ alarms: [], exits: 0 })
  expect(consumer.spent()).toBe((await read())?.spent)
})

test('behavior: after a restart a capture is held against what the provider signed', async () => {
  const { capture, consumer, shop, store } = await buy()
  const billed = consumer.spent()
  const revived = createConsumer({ budget, channels, client: wallet, store, token })
  const tower = await revived.watch({ interval: 0 })
  await shop.provider.settle()
  expect((await tower.tick({ now: await chainNow() })).alarms).toEqual([])
  await capture((spent) => spent + 7n)
  const { alarms } = await tower.tick({ now: await chainNow() })
  expect(alarms).toMatchObject([{ amount: 7n, error: { billed }, kind: 'overcharged' }, { kind: 'leaving' }])
})

test('behavior: an exit goes on after a restart', async () => {
  const { capture, channelId, consumer, state, store } = await buy()
  await capture((_, signed) => signed)
  const tower = await consumer.watch({ interval: 0 })
  await tower.tick({ now: await chainNow() })
  const { closeAt } = await state()
  expect(closeAt).toBeGreaterThan(0)

  const revived = createConsumer({ budget, channels, client: wallet, store, token })
  const heir = await revived.watch({ interval: 0 })
  expect(await heir.tick({ now: await chainNow() })).toMatchObject({ alarms: [], exits: 1 })
  await client.increaseTime({ seconds: 901 })
  await client.mine({ blocks: 1 })
  expect((await heir.tick({ now: await chainNow() })).alarms).toMatchObject([
    { channelId, kind: 'withdrawn' },
  ])
})

test('behavior: a provider that is gone is left when it was silent for long enough', async () => {
  const { channelId, consumer, shop, state } = await buy()
  const { deposit, settled } = await state()
  const tower = await consumer.watch({ interval: 0, silenceLimit: 60 })
  const now = await chainNow()
  expect((await tower.tick({ now })).alarms).toEqual([])
  closing.splice(0)
  await shop.close()
  expect((await tower.tick({ now })).alarms).toEqual([])
  expect((await tower.tick({ now: now + 59_000 })).exits).toBe(0)
  const { alarms } = await tower.tick({ now: now + 60_000 })
  expect(alarms).toMatchObject([
    { channelId, kind: 'silent', locked: deposit - settled, origin: shop.url, seconds: 60 },
    { channelId, kind: 'leaving' },
  ])
  const patient = await consumer.watch({ interval: 0 })
  expect((await patient.tick({ now: now + 10_000_000 })).alarms.map(({ kind }) => kind)).not.toContain(
    'silent',
  )
})

test('behavior: a node that makes a provider look like a thief is not believed alone', async () => {
  const node = await openProxy(rpcUrl)
  closing.push(node.close)
  node.behave((call, ask) => {
    if (call.method !== 'eth_call') return 'honest'
    const exaggerate = async () => {
      const { abi, functionName } = { abi: paymentChannelsAbi, functionName: 'getChannels' as const }
      const states = decodeFunctionResult({ abi, data: (await ask(call)) as Hex, functionName })
      const result = states.map((state) => ({ ...state, settled: state.deposit }))
      return encodeFunctionResult({ abi, functionName, result })
    }
    return exaggerate()
  })
  const liar = createClient({ cacheTime: 0, chain: anvil, transport: http(node.url) })
  const { capture, consumer, state } = await buy()
  const tower = await consumer.watch({ clients: [liar], interval: 0 })
  expect(await tower.tick({ now: await chainNow() })).toMatchObject({ alarms: [], exits: 0 })
  expect((await state()).closeAt).toBe(0)
  // What both say is true.
  await capture((spent) => spent + 1n)
  const { alarms } = await tower.tick({ now: await chainNow() })
  expect(alarms).toMatchObject([{ amount: 1n, kind: 'overcharged' }, { kind: 'leaving' }])
  node.behave(() => 'fails')
  const { alarms: later } = await tower.tick({ now: await chainNow() })
  expect(later).toMatchObject([{ channelId: undefined, kind: 'failed' }])
})

test('behavior: without being told to, it looks by itself, and a failing look is said', async () => {
  const { consumer } = await buy()
  const kinds: string[] = []
  const broken = await hireBob({
    store: {
      ...createMemoryArchive(),
      transact: () => Promise.reject(new RangeError('Mallory broke the disk')),
    },
  })
  const tower = await broken.watch({ interval: 5, onAlarm: ({ kind }) => kinds.push(kind) })
  await expect.poll(() => kinds.length).toBeGreaterThan(1)
  await tower.stop()
  expect(new Set(kinds)).toEqual(new Set(['failed']))
  await expect(consumer.watch({ interval: -1 })).rejects.toMatchObject({ name: 'ConsumerOptionError' })
})
