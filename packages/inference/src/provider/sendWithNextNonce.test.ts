import { CallFailedError } from '@aitoken/core'
import {
  BaseError,
  createTestClient,
  custom,
  http,
  publicActions,
  RpcRequestError,
  walletActions,
} from 'viem'
import { anvil } from 'viem/chains'
import { afterEach, expect, test } from 'vitest'
import { carol, client, deployment, isolate, rpcUrl } from '~test/anvil.js'
import { deferred } from '~test/deferred.js'
import { ask, openShop } from '~test/market.js'
import { openPayer } from '~test/payer.js'
import { createRevealer } from '~test/revealer.js'

import { getChannel } from '../channel/getChannel.js'
import { createMemoryStore } from '../store/createMemoryStore.js'
import { sendWithNextNonce } from './sendWithNextNonce.js'

isolate()

const { paymentChannels: channels } = deployment
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Lets the first transactions of so many processes through only when all of them are signed. */
function createBarrier(size: number) {
  const gate = deferred<void>()
  let waiting = 0
  return () => {
    if (++waiting === size) gate.resolve()
    return gate.promise
  }
}

/** A process of Carol's with a channel on which something was bought; `refusals` counts what her node refused. */
async function openProcess(meet: () => Promise<void>, lane: 'hash-chain' | 'voucher' = 'voucher') {
  const { request } = http(rpcUrl)({ chain: anvil })
  const line = { meets: false, refusals: [] as string[], sent: 0 }
  const transport = custom({
    async request(call: { method: string; params?: unknown }) {
      if (call.method !== 'eth_sendRawTransaction') return request(call)
      if (line.meets) await meet()
      try {
        const hash: unknown = await request(call)
        line.sent++
        return hash
      } catch (error) {
        if (error instanceof BaseError) line.refusals.push(error.details)
        throw error
      }
    },
  })
  const hers = createTestClient({
    account: carol,
    cacheTime: 0,
    chain: anvil,
    mode: 'anvil',
    pollingInterval: 20,
    transport,
  })
    .extend(publicActions)
    .extend(walletActions)
  const store = createMemoryStore()
  const shop = await openShop({ client: hers, store })
  closing.push(() => shop.close())
  const payer = await openPayer(shop.provider)
  const { channelId, pay } = payer
  const unit = 10_000_000n
  const { pay: reveal } = await createRevealer(payer, { unit })
  const payment = lane === 'voucher' ? await pay(10n ** 12n) : reveal(10, { committed: true })
  const headers = { 'ai-payment': payment }
  expect((await fetch(`${shop.url}/v1/completions`, { ...ask(), headers })).status).toBe(200)
  line.meets = true
  const book = await store.transact(channelId, (ledger) => ({ ledger, result: ledger }))
  const spent = book?.spent ?? 0n
  // Of a hash chain, whole units can be taken.
  const due = lane === 'voucher' ? spent : spent - (spent % unit)
  return { channelId, due, line, provider: shop.provider, spent }
}

test.each(['close', 'settle'] as const)(
  'default: two processes of one account %s at once',
  async (action) => {
    const meet = createBarrier(2)
    const processes = [await openProcess(meet), await openProcess(meet)]
    const ends = processes.map(({ channelId, provider }) =>
      action === 'close' ? provider.close(channelId) : provider.settle(),
    )
    expect(await Promise.allSettled(ends)).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }])
    for (const { channelId, spent } of processes)
      expect(await getChannel(client, { channelId, channels })).toMatchObject({ settled: spent })
    // Whichever the node says: the first one may be in a block by then, or still on its way to one.
    const refused = expect.stringMatching(/^(nonce too low|replacement transaction underpriced)$/)
    expect(processes.flatMap(({ line }) => line.refusals)).toEqual([refused])
    expect(processes.map(({ line }) => line.sent)).toEqual([1, 1])
  },
)

test.each(['close', 'settle'] as const)(
  'behavior: two processes of one account %s at once what only hash chains prove',
  async (action) => {
    const meet = createBarrier(2)
    const processes = [await openProcess(meet, 'hash-chain'), await openProcess(meet, 'hash-chain')]
    for (const { due, spent } of processes) expect([due > 0n, due < spent]).toEqual([true, true])
    const ends = processes.map(({ channelId, provider }) =>
      action === 'close' ? provider.close(channelId) : provider.settle([channelId]),
    )
    expect(await Promise.allSettled(ends)).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }])
    for (const { channelId, due } of processes)
      expect(await getChannel(client, { channelId, channels })).toMatchObject({ settled: due })
    const [refused] = processes.flatMap(({ line }) => line.refusals)
    expect(refused).toMatch(/^(nonce too low|replacement transaction underpriced)$/)
    // A closing follows the redemption of its chain.
    const sent = action === 'close' ? 2 : 1
    expect(processes.map(({ line }) => line.sent)).toEqual([sent, sent])
  },
)

test('behavior: a nonce that is taken in the pool is left to whom it belongs', async () => {
  const meet = createBarrier(2)
  const processes = [await openProcess(meet), await openProcess(meet)]
  await client.setAutomine(false)
  closing.push(() => client.setAutomine(true))
  const ends = Promise.allSettled(processes.map(({ provider }) => provider.settle()))
  await expect.poll(() => processes.map(({ line }) => line.sent)).toEqual([1, 1])
  await client.mine({ blocks: 1 })
  expect(await ends).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }])
  expect(processes.flatMap(({ line }) => line.refusals)).toEqual(['replacement transaction underpriced'])
  for (const { channelId, spent } of processes)
    expect(await getChannel(client, { channelId, channels })).toMatchObject({ settled: spent })
})

const failing = (message: string) => {
  const state = { sent: 0 }
  const send = () => {
    state.sent++
    const cause = new RpcRequestError({ body: {}, error: { code: -32000, message }, url: rpcUrl })
    return Promise.reject(new CallFailedError({ cause, functionName: 'settleMany' }))
  }
  return { send, state }
}

test('error: CallFailedError, at once for what may be on its way, and at last for a nonce that is always taken', async () => {
  for (const [message, times] of [
    ['already known', 1],
    ['transaction already imported', 1],
    ['timeout', 1],
    ['nonce too low: next nonce 8, tx nonce 7', 8],
  ] as const) {
    const { send, state } = failing(message)
    await expect(sendWithNextNonce(send)).rejects.toBeInstanceOf(CallFailedError)
    expect([message, state.sent]).toEqual([message, times])
  }
})
