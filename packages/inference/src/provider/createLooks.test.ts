import { createClient, custom, http } from 'viem'
import { anvil } from 'viem/chains'
import { afterEach, expect, test } from 'vitest'
import { carol, client, deployment, isolate, rpcUrl } from '~test/anvil.js'
import { openDebt } from '~test/debtor.js'
import { deferred } from '~test/deferred.js'
import { ask, hireBob, openShop } from '~test/market.js'
import { openPayer } from '~test/payer.js'

import { createSalt } from '../channel/createSalt.js'
import { hashChannel } from '../channel/hashChannel.js'
import { openChannel } from '../channel/openChannel.js'
import type { Lane } from '../consumer/lanes.js'
import { decodeProblem } from '../wire/problemDocument.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const { paymentChannels: channels } = deployment
const unit = 10n ** 12n

/** Carol's node, which counts how often she looks at a channel, and may be slow or a block behind. */
function createNode() {
  const { request } = http(rpcUrl)({ chain: anvil })
  const node = { block: 'latest', gate: undefined as Promise<void> | undefined, looks: 0 }
  const transport = custom({
    async request({ method, params }: { method: string; params?: unknown }) {
      if (method !== 'eth_call' || !Array.isArray(params)) return request({ method, params })
      node.looks++
      await node.gate
      return request({ method, params: [params[0], node.block] })
    },
  })
  const hers = createClient({ account: carol, cacheTime: 0, chain: anvil, pollingInterval: 20, transport })
  return { client: hers, node }
}

/** Channels that Bob could open and did not, with a shop that has a clock of its own. */
async function openOffice(parameters: Parameters<typeof openShop>[0] = {}) {
  const { client: hers, node } = createNode()
  const clock = { now: Date.now() }
  const shop = await openShop({ client: hers, now: () => clock.now, ...parameters })
  closing.push(() => shop.close())
  const payer = await openPayer(shop.provider)
  let signed = 0n
  const buy = async (changes: Parameters<typeof payer.pay>[1] = {}) => {
    signed += unit
    const headers = { 'ai-payment': await payer.pay(signed, changes) }
    const response = await fetch(`${shop.url}/v1/completions`, { ...ask(), headers })
    const { status } = response
    const problem = status === 200 ? undefined : decodeProblem(await response.json())?.name
    return { pause: response.headers.get('retry-after'), problem, status }
  }
  const invent = () => {
    const { payee: _, token: __, ...descriptor } = { ...payer.channel, salt: createSalt() }
    const channel = { ...payer.channel, ...descriptor }
    const channelId = hashChannel({ chainId: client.chain.id, channel, channels })
    return { channelId, descriptor, signed: { channelId } }
  }
  node.looks = 0
  return { buy, clock, invent, node, payer, shop }
}

test('default', async () => {
  const { buy, clock, invent, node } = await openOffice()
  const nowhere = invent()
  const at = async (milliseconds: number) => {
    clock.now += milliseconds
    const [first] = await Promise.all(Array.from({ length: 20 }, () => buy(nowhere)))
    return { looks: node.looks, problem: first?.problem }
  }
  // Those that come during a look wait for it, and for one more that knows what happened since.
  const first = await at(0)
  expect(first.problem).toBe('ChannelUnknownError')
  expect(first.looks).toBeLessThanOrEqual(2)
  expect(await at(0)).toEqual(first)
  expect(await at(999)).toEqual(first)
  expect((await at(1)).looks).toBeGreaterThan(first.looks)
  expect(node.looks).toBeLessThanOrEqual(4)
  expect((await buy()).status).toBe(200)
})

test('behavior: what was opened since is served a second later, and what was topped up at once', async () => {
  const debt = await openDebt()
  closing.push(() => debt.close())
  const { buy, clock, invent, node, payer } = await openOffice()
  const late = invent()
  expect((await buy(late)).problem).toBe('ChannelUnknownError')
  await debt.fund(10n * unit)
  const { salt } = late.descriptor
  const { payee, payer: bob, token, authorizedSigner } = payer.channel
  const { hash } = await openChannel(debt.wallet, {
    authorizedSigner,
    channels,
    deposit: 10n * unit,
    payee,
    salt,
    token,
  })
  await client.waitForTransactionReceipt({ hash })
  expect(bob).toBe(debt.wallet.account.address)
  clock.now += 1_000
  expect((await buy(late)).status).toBe(200)
  expect(node.looks).toBe(2)
})

test('behavior: a channel that is overdrawn is looked at once a second, and once more than before', async () => {
  const { client: hers, node } = createNode()
  const clock = { now: Date.now() }
  const debt = await openDebt({ client: hers, now: () => clock.now })
  closing.push(() => debt.close())
  node.looks = 0
  const overdraw = async (amount: bigint) => {
    const headers = { 'ai-payment': await debt.pay(debt.deposit + amount) }
    const response = await fetch(`${debt.url}/v1/completions`, { ...ask(), headers })
    return response.status === 200 ? undefined : decodeProblem(await response.json())?.name
  }
  for (const amount of [1n, 2n, 3n]) expect(await overdraw(amount)).toBe('VoucherOverdrawnError')
  expect(node.looks).toBe(1)
  clock.now += 1_000
  expect(await overdraw(4n)).toBe('VoucherOverdrawnError')
  expect(node.looks).toBe(2)

  clock.now += 1_000
  await debt.fund(10n)
  await debt.topUp(10n)
  // Nobody asked in vain a moment ago, so nobody waits.
  expect(await overdraw(10n)).toBeUndefined()
  expect(node.looks).toBe(3)
})

test('error: ProviderBusyError when new channels flood in; known ones are served meanwhile', async () => {
  const { buy, invent, node, shop } = await openOffice({ maxFirstLooks: 2 })
  expect((await buy()).status).toBe(200)
  const { promise, resolve } = deferred<void>()
  node.gate = promise
  node.looks = 0
  const flood = Array.from({ length: 40 }, () => buy(invent()))
  const refused: Awaited<ReturnType<typeof buy>>[] = []
  for (const answer of flood) answer.then((one) => one.status === 503 && refused.push(one))
  // Two are looked up, and sixteen wait for each of them.
  await expect.poll(() => refused.length).toBe(40 - 2 - 32)
  expect(node.looks).toBe(2)
  expect(refused[0]).toEqual({ pause: '1', problem: 'ProviderBusyError', status: 503 })
  expect((await buy()).status).toBe(200)
  resolve()
  const problems = (await Promise.all(flood)).map(({ problem }) => problem)
  expect(problems.filter((problem) => problem === 'ChannelUnknownError')).toHaveLength(34)
  expect(node.looks).toBe(34)
  expect(shop.failures).toEqual([])
})

test.each<Lane>(['voucher', 'session'])(
  'behavior: a consumer that just opened its channel is served by a node that lags a block behind, lane %s',
  async (lane) => {
    const { client: hers, node } = createNode()
    const shop = await openShop({ client: hers })
    closing.push(() => shop.close())
    const waits: number[] = []
    const consumer = await hireBob({
      async backoff(_, least) {
        waits.push(least)
        node.block = 'latest'
        await new Promise((resolve) => setTimeout(resolve, least))
      },
      lane,
    })
    await consumer.quote(shop.url)
    node.block = `0x${(await client.getBlockNumber()).toString(16)}`
    const response = await consumer.fetch(`${shop.url}/v1/completions`, ask())
    expect(response.status).toBe(200)
    expect(waits).toEqual([1_000])
  },
)
