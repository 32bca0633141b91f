import OpenAI from 'openai'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { bob, carol, client, dave, deployment, isolate, mallory } from '~test/anvil.js'
import { ask, hireBob, listen, openShop, shakespeare } from '~test/market.js'
import { confirmed, endow, enlist, registryClientOf } from '~test/registry.js'

import { signReceipt } from '../receipt/signReceipt.js'
import { createMemoryStore } from '../store/createMemoryStore.js'
import type { createConsumer } from './createConsumer.js'
import { ConsumerOptionError } from './errors.js'
import {
  ProviderBondError,
  ProviderConvictedError,
  ProviderEndpointError,
  ProviderPayeeError,
  ProviderSignerError,
} from './registrationErrors.js'

const store = createMemoryStore()
const upstream = await shakespeare()
const shop = await openShop({ providerId: 1n, store })
const { registry } = registryClientOf(carol)
const options = { address: deployment.providerRegistry, plainHttp: true }
const open: { close(): Promise<void> }[] = []

afterAll(() => shop.close())
isolate()
beforeEach(() => endow(carol))
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

/** Bob deals with providers by their ids, and looks at the registry again as often as told. */
const hire = (parameters: Partial<createConsumer.Parameters> = {}) =>
  hireBob({ registry: { ...options, ttl: 0 }, ...parameters })

/** Something that answers at a URL of its own until the test is over. */
async function serve(fetch: (request: Request) => Promise<Response>) {
  const server = await listen(fetch)
  open.push(server)
  return server
}

/** A shop of somebody's at a URL of its own. */
async function serveShop(account: typeof carol, parameters: Parameters<typeof openShop>[0] = {}) {
  const { close, ...rest } = await openShop({ account, payee: account.address, upstream, ...parameters })
  open.push({ close })
  return rest
}

const buy = async (consumer: Awaited<ReturnType<typeof hire>>, id: bigint) => {
  const response = await consumer.fetch(`${consumer.url(id)}/v1/completions`, ask())
  return response.json()
}
const listing = (endpoint: string) => ({ endpoint, payee: carol.address, receiptSigner: carol.address })
const sent = () => client.getTransactionCount({ address: bob.address })

test('default: an OpenAI client pays a provider by its id', async () => {
  const id = await enlist(carol, { endpoint: shop.url })
  const consumer = await hire()
  const openai = new OpenAI({
    apiKey: 'sk-none',
    baseURL: `${consumer.url(id)}/v1`,
    fetch: consumer.fetch,
    maxRetries: 0,
  })

  const completion = await openai.completions.create({
    max_tokens: 20,
    model: 'shakespeare',
    prompt: 'To be',
  })

  expect(completion.choices[0]?.text.length).toBeGreaterThan(10)
  expect((await consumer.quote(`aitoken://${id}`)).providerId).toBe(1n)
  const models = await consumer.fetch(`aitoken://${id}/v1/models`)
  expect((await models.json()).data[0].id).toBe('shakespeare')
  const { spent } = await consumer.close(`aitoken://${id}`)
  expect(spent).toBe(consumer.spent())
  expect(spent).toBeGreaterThan(0n)
})

test('behavior: a provider that moves is found, and paid on the same channel', async () => {
  const id = await enlist(carol, { endpoint: shop.url })
  let gone = false
  let failures = 0
  const consumer = await hire({
    backoff: async () => undefined,
    fetch: async (input, init) => {
      if (!gone || !`${input}`.startsWith(shop.url)) return fetch(input, init)
      failures++
      throw new TypeError('nobody is there')
    },
    registry: { ...options, ttl: 3_600_000 },
  })
  await buy(consumer, id)
  const { channelId } = await consumer.channel(consumer.url(id))
  const behind = await serve((request) => {
    const path = new URL(request.url).pathname.replace(/^\/gateway/, '')
    return shop.provider.fetch(new Request(`${shop.url}${path}`, request))
  })
  await confirmed(registry.updateProvider({ id, listing: listing(`${behind.url}/gateway/`) }))

  gone = true
  await buy(consumer, id)
  expect(failures).toBe(1)
  expect((await consumer.channel(consumer.url(id))).channelId).toBe(channelId)
  expect(consumer.receipts()).toHaveLength(2)

  // What only asks is asked again at once.
  gone = false
  const fresh = registryClientOf(carol)
  await confirmed(fresh.registry.updateProvider({ id, listing: listing(shop.url) }))
  await behind.close()
  expect((await consumer.fetch(`aitoken://${id}/v1/models`)).status).toBe(200)
})

test('behavior: a look at the registry holds for its time', async () => {
  const id = await enlist(carol, { endpoint: shop.url })
  let now = Date.now()
  const consumer = await hire({ now: () => now, registry: { ...options, ttl: 60_000 } })
  await buy(consumer, id)
  await confirmed(registry.deregisterProvider({ id }))
  await buy(consumer, id)
  // A clock that was put back makes no look younger.
  now -= 3_600_000
  await expect(buy(consumer, id)).rejects.toMatchObject({ id, name: 'ProviderDeregisteredError' })
  now += 3_660_001
  await expect(buy(consumer, id)).rejects.toMatchObject({ id, name: 'ProviderDeregisteredError' })
})

test('behavior: a provider that changes its key or its payee is followed', async () => {
  const next = await serveShop(carol, { account: dave, store })
  const id = await enlist(carol, { endpoint: shop.url })
  const consumer = await hire()
  await buy(consumer, id)
  const { channelId } = await consumer.channel(consumer.url(id))
  const moved = listing(next.url)
  await confirmed(registry.updateProvider({ id, listing: { ...moved, receiptSigner: dave.address } }))
  await buy(consumer, id)
  expect((await consumer.quote(consumer.url(id))).receiptSigner).toBe(dave.address)
  expect((await consumer.channel(consumer.url(id))).channelId).toBe(channelId)

  const paid = await serveShop(dave)
  const other = { endpoint: paid.url, payee: dave.address, receiptSigner: dave.address }
  await confirmed(registry.updateProvider({ id, listing: other }))
  const before = await sent()
  await Promise.all(Array.from({ length: 5 }, () => buy(consumer, id)))
  expect(await sent()).toBe(before + 1)
  expect((await consumer.channel(consumer.url(id))).channel.payee).toBe(dave.address)
})

test('error: ProviderSignerError, when somebody took over the name or the server', async () => {
  const impostor = await serveShop(mallory)
  const seen: string[] = []
  const trap = await serve(async (request) => {
    seen.push(...request.headers.keys())
    return impostor.provider.fetch(request)
  })
  const id = await enlist(carol, { endpoint: trap.url })
  const consumer = await hire()
  const before = await sent()
  await expect(buy(consumer, id)).rejects.toMatchObject({
    name: 'ProviderSignerError',
    quoted: mallory.address,
    registered: carol.address,
  })
  expect(await sent()).toBe(before)
  expect(seen).not.toContain('ai-payment')
})

test('error: the impostor cannot quote with the registered key either', async () => {
  const impostor = await serveShop(mallory)
  const liar = await serve(async (request) => {
    const response = await impostor.provider.fetch(request)
    const quote = await response.json()
    return Response.json({ ...quote, receiptSigner: carol.address })
  })
  const id = await enlist(carol, { endpoint: liar.url })
  const before = await sent()
  await expect(buy(await hire(), id)).rejects.toMatchObject({ name: 'PriceTableSignerError' })
  expect(await sent()).toBe(before)
})

test("error: ProviderPayeeError, when Mallory registers Carol's shop to be paid for it", async () => {
  await endow(mallory)
  const id = await enlist(mallory, { endpoint: shop.url, payee: mallory.address })
  const before = await sent()
  await expect(buy(await hire(), id)).rejects.toBeInstanceOf(ProviderPayeeError)
  const signing = await enlist(mallory, {
    endpoint: shop.url,
    payee: mallory.address,
    receiptSigner: mallory.address,
  })
  await expect(buy(await hire(), signing)).rejects.toBeInstanceOf(ProviderSignerError)
  expect(await sent()).toBe(before)
})

test('error: ProviderBondError', async () => {
  const id = await enlist(carol, { bond: 99n, endpoint: shop.url })
  const consumer = await hire({ registry: { ...options, minimumBond: 100n, ttl: 0 } })
  await expect(buy(consumer, id)).rejects.toBeInstanceOf(ProviderBondError)
  await confirmed(registry.bondProvider({ amount: 1n, id }))
  await buy(consumer, id)
  await confirmed(registry.unbondProvider({ amount: 1n, id }))
  await expect(buy(consumer, id)).rejects.toMatchObject({ bond: 99n, minimum: 100n })
  // What was paid for can still be settled.
  expect((await consumer.close(consumer.url(id))).spent).toBeGreaterThan(0n)
})

test('error: ProviderEndpointError', async () => {
  const consumer = await hire({ registry: { address: deployment.providerRegistry } })
  for (const endpoint of [
    'http://127.0.0.1',
    'ftp://x.example',
    'nowhere',
    'https://a:b@x.example',
    'https://x/?q',
  ])
    await expect(buy(consumer, await enlist(carol, { endpoint }))).rejects.toBeInstanceOf(
      ProviderEndpointError,
    )
})

test('error: providers that are not to be dealt with', async () => {
  const consumer = await hire()
  await expect(buy(consumer, 99n)).rejects.toMatchObject({ id: 99n, name: 'ProviderUnknownError' })
  const id = await enlist(carol, { endpoint: shop.url })
  const elsewhere = await hire({ providers: [`aitoken://${id + 1n}`] })
  await expect(buy(elsewhere, id)).rejects.toMatchObject({ name: 'ProviderNotAllowedError' })
  await buy(await hire({ providers: [`aitoken://${id}`] }), id)
  const wrong = { registry: { minimumBond: -1n } }
  await expect(hire(wrong)).rejects.toBeInstanceOf(ConsumerOptionError)
  await expect(hire({ registry: { ttl: Number.NaN } })).rejects.toBeInstanceOf(ConsumerOptionError)
})

test('error: ProviderConvictedError', async () => {
  const id = await enlist(carol, { endpoint: shop.url })
  const consumer = await hire()
  await buy(consumer, id)
  const [first] = consumer.receipts()
  if (!first) return expect.unreachable()
  const { channel } = await consumer.channel(consumer.url(id))
  const receipt = { ...first.receipt, cost: first.receipt.cost + 1n }
  const domain = { chainId: client.chain.id, channels: deployment.paymentChannels }
  const second = { receipt, signature: await signReceipt(carol, { ...domain, receipt }) }
  await confirmed(registryClientOf(dave).registry.slashWithProof({ channel, first, id, second }))
  await expect(buy(consumer, id)).rejects.toBeInstanceOf(ProviderConvictedError)
})
