import { createWalletClient, custom } from 'viem'
import { anvil } from 'viem/chains'
import { afterAll, expect, test } from 'vitest'
import { bob, client, clientOf, deployment, isolate } from '~test/anvil.js'
import { ask, budget, hireBob, openShop } from '~test/market.js'

import type { Archive } from '../archive/archive.js'
import { createMemoryArchive } from '../archive/createMemoryArchive.js'
import { listChannels } from '../books/listChannels.js'
import { getChannel } from '../channel/getChannel.js'
import type { Fetch } from './context.js'
import type { Consumer } from './createConsumer.js'

const shop = await openShop()
afterAll(() => shop.close())
isolate()

const channels = deployment.paymentChannels
const completions = `${shop.url}/v1/completions`
const buy = async (consumer: Consumer) => (await consumer.fetch(completions, ask())).text()
const nonce = () => client.getTransactionCount({ address: bob.address })
async function recordsOf(store: Archive) {
  const records = []
  for await (const record of listChannels(store)) records.push(record)
  return records
}

/** Bob's wallet, whose next transaction is lost on the way, before or after it is sent. */
function createFlaky(lost: 'answer' | 'request') {
  const wallet = clientOf(bob)
  let failing = true
  const transport = custom({
    async request(body) {
      const lose = failing && body.method === 'eth_sendRawTransaction'
      if (lose) failing = false
      if (lose && lost === 'request') throw new TypeError('offline')
      const result: unknown = await wallet.request(body)
      if (lose) throw new TypeError('offline')
      return result
    },
  })
  return createWalletClient({ account: bob, cacheTime: 0, chain: anvil, pollingInterval: 20, transport })
}

test.each(['answer', 'request'] as const)(
  'behavior: a crash while the %s of the opening is on its way never opens two channels',
  async (lost) => {
    const store = createMemoryArchive()
    const before = await nonce()
    const first = await hireBob({ client: createFlaky(lost), store })
    await buy(first).catch((error: unknown) => expect(error).toBeInstanceOf(Error))
    const [intended] = await recordsOf(store)
    const second = await hireBob({ store })
    await buy(second)
    expect((await recordsOf(store)).map(({ channelId }) => channelId)).toEqual([intended?.channelId])
    expect((await second.channel(shop.url)).channelId).toBe(intended?.channelId)
    expect((await nonce()) - before).toBe(1)
    expect(await second.close(shop.url)).toMatchObject({ disputed: 0n })
  },
)

/** A store whose process dies at the n-th write: the write is done or not, and nothing follows. */
function connect(store: Archive, { applied, writes }: { applied: boolean; writes: number }) {
  let left = writes
  let die: () => void = () => undefined
  const died = new Promise<void>((resolve) => {
    die = resolve
  })
  const archive: Archive = {
    ...store,
    async transact(key, fn) {
      left--
      if (left > 0) return store.transact(key, fn)
      if (left === 0 && applied) await store.transact(key, fn)
      die()
      return new Promise<never>(() => undefined)
    },
  }
  return { archive, died }
}

test('property: wherever its process dies, a consumer forgets nothing that it signed, and pays once', async () => {
  for (let writes = 1; writes <= 14; writes++)
    for (const applied of [false, true]) {
      const store = createMemoryArchive()
      let highest = 0n
      // What leaves the process is noted as a witness would: it must be in the books already.
      const witness: Fetch = async (input, init) => {
        if (new Headers(init?.headers).has('ai-payment'))
          for (const { signed } of await recordsOf(store)) if (signed > highest) highest = signed
        return fetch(input, init)
      }
      const { archive, died } = connect(store, { applied, writes })
      const doomed = await hireBob({ fetch: witness, store: archive })
      const dying = (async () => {
        for (let request = 0; request < 2; request++) await buy(doomed)
      })()
      await Promise.race([dying, died])
      const next = await hireBob({ fetch: witness, store })
      await buy(next)
      const { channelId, signed } = await next.channel(shop.url)
      expect(await recordsOf(store)).toHaveLength(1)
      expect(signed).toBeGreaterThanOrEqual(highest)
      const { disputed, spent } = await next.close(shop.url)
      expect(disputed).toBe(0n)
      const state = await getChannel(client, { channelId, channels })
      expect(state).toMatchObject({ closed: true, deposit: budget.session, settled: spent })
      expect(await recordsOf(store)).toEqual([])
    }
}, 120_000)

test('behavior: a thief restores an old copy of the store: nobody is paid twice, and it shows', async () => {
  const store = createMemoryArchive()
  const consumer = await hireBob({ store })
  await buy(consumer)
  const copy: [string, string][] = []
  for await (const { key, text } of store.list('')) copy.push([key, text])
  for (let round = 0; round < 3; round++) await buy(consumer)
  const { channelId } = await consumer.channel(shop.url)
  const paid = consumer.spent()

  const old = createMemoryArchive()
  for (const [key, text] of copy) await old.transact(key, () => ({ result: undefined, text }))
  const fooled = await hireBob({ store: old })
  const error = await buy(fooled).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ name: expect.stringMatching(/^(BillExceedsUsage|VoucherLowered)Error$/) })
  expect(fooled.spent()).toBe(0n)
  await shop.provider.settle([channelId])
  const { settled } = await getChannel(client, { channelId, channels })
  expect(settled).toBe(paid)
})
