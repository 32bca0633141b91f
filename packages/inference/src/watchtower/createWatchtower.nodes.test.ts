import {
  createClient,
  decodeFunctionResult,
  encodeFunctionResult,
  type Hex,
  http,
  prepareEncodeFunctionData,
} from 'viem'
import { anvil } from 'viem/chains'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { carol, isolate, rpcUrl } from '~test/anvil.js'
import { openDebt } from '~test/debtor.js'
import { type Behavior, openProxy } from '~test/proxy.js'

import { paymentChannelsAbi } from '../generated/paymentChannels.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
let node: Awaited<ReturnType<typeof openProxy>>
beforeEach(async () => {
  node = await openProxy(rpcUrl)
  closing.push(node.close)
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const clientAt = (url: string) =>
  createClient({
    account: carol,
    cacheTime: 0,
    chain: anvil,
    pollingInterval: 20,
    transport: http(url, { retryCount: 0, timeout: 5_000 }),
  })

/** Carol's gateway asks Mallory's node. */
async function owe() {
  const debt = await openDebt({ client: clientAt(node.url) })
  closing.push(debt.close)
  return debt
}

/** Answers state, blocks and logs as they were at a block, and everything else honestly. */
const livingAt =
  (number: bigint): Behavior =>
  (call, ask) => {
    const at = `0x${number.toString(16)}`
    const { method, params } = call
    if (method === 'eth_call') return ask({ ...call, params: [params[0], at] })
    if (method === 'eth_getBlockByNumber') return ask({ ...call, params: [at, false] })
    if (method === 'eth_blockNumber') return Promise.resolve(at)
    if (method === 'eth_getLogs') return Promise.resolve([])
    return 'honest'
  }

test('behavior: a node that fails, or never answers, is an alarm, and its return finds the exit', async () => {
  const { chainNow, leave, provider, spent, state } = await owe()
  const tower = await provider.watch({ interval: 0, readTimeout: 1_500 })
  await tower.tick({ now: await chainNow() })
  await leave()
  for (const mood of ['fails', 'hangs'] as const) {
    node.behave(() => mood)
    const { alarms, connected, hashes } = await tower.tick({ now: await chainNow() })
    expect({ connected, hashes }).toEqual({ connected: false, hashes: [] })
    expect(alarms).toMatchObject([{ kind: 'unreachable', node: 0 }])
  }
  node.behave(() => 'honest')
  await tower.tick({ now: await chainNow() })
  expect((await state()).settled).toBe(spent)
})

test('behavior: an exit that is known ends on time, although the channels can no longer be read', async () => {
  const { book, chainNow, channelId, leave, provider, spent, state } = await owe()
  const tower = await provider.watch({ interval: 0, maxGasPrice: 1n })
  await leave()
  expect((await tower.tick({ now: await chainNow() })).hashes).toEqual([])
  expect((await book())?.status).toBe('closing')
  const { closeAt } = await state()
  node.behave(({ method }) => (['eth_call', 'eth_getLogs'].includes(method) ? 'fails' : 'honest'))
  const { alarms } = await tower.tick({ now: (closeAt - 299) * 1000 })
  expect((await state()).settled).toBe(spent)
  // What came of it cannot be read either, so it is not taken for paid.
  const kinds = alarms.map(({ kind }) => kind)
  expect(kinds).toEqual(['stale', 'unreachable', 'unreachable', 'unsettled'])
  expect((await book())?.settled).toBe(0n)
  node.behave(() => 'honest')
  await tower.tick({ now: (closeAt - 200) * 1000 })
  expect(await book()).toMatchObject({ channelId, settled: spent, spent })
})

test('behavior: a node that lives in the past is found out, and the exit by the next honest answer', async () => {
  const { chainNow, leave, provider, spent, state, wallet } = await owe()
  const tower = await provider.watch({ confirmations: 2n, interval: 0 })
  await wallet.mine({ blocks: 5 })
  await tower.tick({ now: await chainNow() })
  const before = await wallet.getBlockNumber()
  await leave()
  node.behave(livingAt(before - 4n))
  const { alarms, exits } = await tower.tick({ now: await chainNow() })
  expect(alarms).toContainEqual({ kind: 'behind', node: 0, seen: before, told: before - 4n })
  expect(exits).toBe(0)
  node.behave(() => 'honest')
  await tower.tick({ now: await chainNow() })
  expect((await state()).settled).toBe(spent)
})

test('behavior: a node that stopped is found out by its clock', async () => {
  const { chainNow, provider, wallet } = await owe()
  const tower = await provider.watch({ interval: 0, maxHeadAge: 60 })
  const number = await wallet.getBlockNumber()
  await wallet.mine({ blocks: 1, interval: 1 })
  node.behave(livingAt(number))
  const { alarms } = await tower.tick({ now: (await chainNow()) + 120_000 })
  expect(alarms).toMatchObject([{ kind: 'stale', node: 0 }])
})

test('behavior: a second node tells of the exit that the first one hides', async () => {
  const { chainNow, channelId, leave, provider, spent, state, wallet } = await owe()
  const tower = await provider.watch({ clients: [clientAt(rpcUrl)], interval: 0 })
  await tower.tick({ now: await chainNow() })
  const before = await wallet.getBlockNumber()
  await leave()
  // It tells the latest block, but the state of before the exit, and no event.
  const past = livingAt(before)
  node.behave((call, ask) =>
    call.method === 'eth_call' || call.method === 'eth_getLogs' ? past(call, ask) : 'honest',
  )
  const { alarms, exits } = await tower.tick({ now: await chainNow() })
  expect(exits).toBe(1)
  expect(alarms).toContainEqual({ channelId, kind: 'disagreement' })
  expect((await state()).settled).toBe(spent)
})

/** Tells of every channel that it ended. */
const buryingAll: Behavior = (call, ask) => {
  if (call.method !== 'eth_call') return 'honest'
  const [request] = call.params as [{ data: Hex }?]
  const { functionName, ...abi } = prepareEncodeFunctionData({
    abi: paymentChannelsAbi,
    functionName: 'getChannels',
  })
  if (!request?.data.startsWith(functionName)) return 'honest'
  const bury = async () => {
    const data = (await ask(call)) as Hex
    const states = decodeFunctionResult({ ...abi, data, functionName: 'getChannels' })
    const result = states.map((state) => ({ ...state, closed: true }))
    return encodeFunctionResult({ ...abi, functionName: 'getChannels', result })
  }
  return bury()
}

test('behavior: of a channel that one node buries, and another does not, the rest is saved', async () => {
  const { book, chainNow, channelId, provider, spent, state } = await owe()
  const tower = await provider.watch({ clients: [clientAt(rpcUrl)], interval: 0 })
  node.behave(buryingAll)
  const { alarms } = await tower.tick({ now: await chainNow() })
  expect(alarms).toContainEqual({ channelId, kind: 'disagreement' })
  expect((await state()).settled).toBe(spent)
  expect((await book())?.status).not.toBe('open')
})

test('behavior: what a lone node buried is paid when it tells the truth again', async () => {
  const { book, chainNow, channelId, provider, spent, state, wallet } = await owe()
  const tower = await provider.watch({ confirmations: 2n, interval: 0 })
  await tower.tick({ now: await chainNow() })
  node.behave(buryingAll)
  const { alarms } = await tower.tick({ now: await chainNow(), sweep: true })
  expect(alarms).toEqual([{ amount: spent, channelId, kind: 'loss' }])
  expect((await book())?.status).toBe('closed')

  node.behave(() => 'honest')
  const look = async () => tower.tick({ now: await chainNow(), sweep: true })
  await look()
  await wallet.mine({ blocks: 2 })
  expect((await look()).paid.get(channelId)).toBe(spent)
  expect((await state()).settled).toBe(spent)
})

test('behavior: what a payment reads from a node in the past does not open a channel that is ending', async () => {
  let present = Date.now()
  const debt = await openDebt({ client: clientAt(node.url), now: () => present })
  closing.push(debt.close)
  const { book, buy, chainNow, leave, provider, wallet } = debt
  const tower = await provider.watch({ interval: 0 })
  const before = await wallet.getBlockNumber()
  await leave()
  await tower.tick({ now: await chainNow() })
  node.behave(livingAt(before))
  // Long enough for the provider to ask the chain again.
  present += 61_000
  expect((await buy()).status).toBe(402)
  expect((await book())?.status).toBe('closing')
})
