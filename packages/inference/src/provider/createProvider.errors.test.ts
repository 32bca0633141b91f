import { requestClose } from '@aitoken/inference'
import fc from 'fast-check'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { bob, client, clientOf, deployment, isolate, mallory } from '~test/anvil.js'
import { ask, openShop } from '~test/market.js'
import { openPayer } from '~test/payer.js'

import { getChannel } from '../channel/getChannel.js'
import { createMemoryStore } from '../store/createMemoryStore.js'
import { decodeProblem } from '../wire/problemDocument.js'

const store = createMemoryStore()
let skew = 0
const shop = await openShop({ maxBodyBytes: 2_000, now: () => Date.now() + skew, store })
afterAll(() => shop.close())
isolate()

let payer: Awaited<ReturnType<typeof openPayer>>
beforeEach(async () => {
  payer = await openPayer(shop.provider)
})

const send = (payment: string | undefined, init: RequestInit = ask(), path = '/v1/completions') =>
  fetch(shop.url + path, { ...init, headers: { ...init.headers, ...(payment && { 'ai-payment': payment }) } })

/** Bob pays for one request honestly. */
const buy = async (amount: bigint) => {
  const payment = await payer.pay(amount)
  expect((await send(payment)).status).toBe(200)
  return payment
}

const readBook = () => store.transact(payer.channelId, (ledger) => ({ ledger, result: ledger }))

/** What it costs to be refused: nothing, in the book and on chain. */
const refuses = async (payment: string | undefined, status: number, name: string, init?: RequestInit) => {
  const before = { book: await readBook(), chain: await getChannel(client, chainOf()) }
  const response = await send(payment, init)
  const text = await response.text()
  expect({ name: decodeProblem(JSON.parse(text))?.name, status: response.status }).toEqual({ name, status })
  expect(text).not.toMatch(/\n +at |node_modules|\.[jt]s:\d|0x[\da-f]{130}/)
  const { syncedAt: _, ...book } = (await readBook()) ?? {}
  const { syncedAt: __, ...old } = before.book ?? {}
  expect(book).toEqual(old)
  expect(await getChannel(client, chainOf())).toEqual(before.chain)
}
const chainOf = () => ({ channelId: payer.channelId, channels: deployment.paymentChannels })
const enough = 10n ** 12n

test('error: PaymentRequiredError', async () => {
  await refuses(undefined, 402, 'PaymentRequiredError')
})

test('error: PaymentHeaderError', async () => {
  await refuses('v1.nonsense', 400, 'PaymentHeaderError')
  await refuses(await payer.pay(enough, { priceTag: undefined }), 400, 'PaymentHeaderError')
})

test('behavior: Mallory replays the header that Bob paid with', async () => {
  const payment = await buy(enough)
  await refuses(payment, 402, 'VoucherReplayedError')
})

test('behavior: Mallory lowers an amount, and raises one', async () => {
  await buy(enough)
  await refuses(await payer.pay(enough - 1n), 402, 'VoucherLoweredError')
  const raised = await payer.pay(2n * enough, { signed: { cumulativeAmount: enough } })
  await refuses(raised, 402, 'VoucherSignerError')
})

test('behavior: Mallory signs with her own key', async () => {
  await refuses(await payer.pay(enough, { signer: mallory }), 402, 'VoucherSignerError')
  await buy(enough)
  await refuses(await payer.pay(2n * enough, { signer: mallory }), 402, 'VoucherSignerError')
})

test('behavior: Mallory brings a descriptor in which she signs', async () => {
  const descriptor = { ...payer.channel, authorizedSigner: mallory.address }
  await refuses(await payer.pay(enough, { descriptor, signer: mallory }), 402, 'ChannelMismatchError')
})

test('error: VoucherSignerError for another chain, contract or channel', async () => {
  await buy(enough)
  await refuses(await payer.pay(2n * enough, { signed: { chainId: 1 } }), 402, 'VoucherSignerError')
  const channels = deployment.aiToken
  await refuses(await payer.pay(2n * enough, { signed: { channels } }), 402, 'VoucherSignerError')
  const channelId = `0x${'11'.repeat(32)}` as const
  await refuses(await payer.pay(2n * enough, { signed: { channelId } }), 402, 'VoucherSignerError')
})

test('error: VoucherOverdrawnError', async () => {
  await buy(enough)
  await refuses(await payer.pay(payer.deposit + 1n), 402, 'VoucherOverdrawnError')
})

test('error: VoucherMalformedError', async () => {
  const signature = `0x${'ff'.repeat(65)}` as const
  await refuses(await payer.pay(enough, { signature }), 400, 'VoucherMalformedError')
})

test('error: ChannelUnknownError', async () => {
  await refuses(await payer.pay(enough, { descriptor: undefined }), 402, 'ChannelUnknownError')
})

test('error: CreditInsufficientError', async () => {
  await buy(50_000_000n)
  await refuses(await payer.pay(50_000_001n), 402, 'CreditInsufficientError', ask({ max_tokens: 512 }))
})

test('error: PriceChangedError', async () => {
  await refuses(await payer.pay(enough, { priceTag: '0x0011223344556677' }), 402, 'PriceChangedError')
})

test('error: ChannelEndingError once the payer announced its exit', async () => {
  await buy(enough)
  const { channel } = payer
  await requestClose(clientOf(bob), { channel, channels: deployment.paymentChannels })
  await client.mine({ blocks: 1 })
  // The last look at the chain is now too old.
  skew = 61_000
  const response = await send(await payer.pay(2n * enough))
  expect(decodeProblem(await response.json())?.name).toBe('ChannelEndingError')
  expect((await readBook())?.status).toBe('closing')
})

test('behavior: of many that close a channel at once, one does', async () => {
  await buy(enough)
  const closing = Array.from({ length: 3 }, () => shop.provider.close(payer.channelId))
  const ends = await Promise.allSettled(closing)
  expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const end of ends)
    if (end.status === 'rejected') expect(end.reason).toMatchObject({ name: 'ChannelEndingError' })
})

test('error: ModelUnknownError, BodyInvalidError, BodyTooLargeError', async () => {
  await refuses(await payer.pay(enough), 404, 'ModelUnknownError', ask({ model: 'oracle' }))
  const bodies = [
    '',
    '{',
    '[]',
    'null',
    '"x"',
    '{}',
    '{"model":1}',
    '{"model":"shakespeare","max_tokens":-1}',
  ]
  const more = [
    '{"model":"shakespeare","n":1e9}',
    '{"model":"shakespeare","stream":"yes"}',
    '\ud800',
    '{"model":""}',
    '{"model":"shakespeare","Model":"oracle","max_tokens":1}',
    '{"model":"shakespeare","MAX_TOKENS":9999,"max_tokens":1}',
    '{"model":"shakespeare","max_tokenſ":9999,"max_tokens":1}',
    '{"model":"shakespeare","n_predict":9999,"max_tokens":1}',
  ]
  for (const body of [...bodies, ...more]) {
    const init = { ...ask(), body }
    await refuses(await payer.pay(enough), 400, 'BodyInvalidError', init)
  }
  await refuses(await payer.pay(enough), 413, 'BodyTooLargeError', ask({ prompt: 'O'.repeat(3_000) }))
})

test('error: RouteUnknownError', async () => {
  for (const path of ['/', '/v1', '/v1/channels/', '/v1/channels/a/b/c', '/v1/channels/0x00/steal', '/admin'])
    expect((await fetch(shop.url + path)).status).toBe(404)
})

test('behavior: a refusal of the model costs nothing', async () => {
  const response = await send(await payer.pay(enough), ask({ temperature: 99 }))
  expect(response.status).toBe(400)
  expect(await readBook()).toMatchObject({ authorized: enough, reserved: [], spent: 0n })
})

test('property: no header and no body makes the provider fail', async () => {
  const base = await payer.pay(enough)
  const header = fc.oneof(
    fc.string({ maxLength: 300 }),
    fc.base64String({ maxLength: 400 }).map((text) => `v1.${text}`),
    fc
      .tuple(fc.nat(base.length - 1), fc.constantFrom(...'AQgwZ_-09'))
      .map(([at, sign]) => base.slice(0, at) + sign + base.slice(at + 1)),
  )
  const body = fc.oneof(fc.string(), fc.json())
  const before = await readBook()
  const property = fc.asyncProperty(header, body, async (payment, text) => {
    const headers = { 'ai-payment': payment.replace(/[^\x20-\x7e]/g, '').trim() || 'x' }
    const request = new Request(`${shop.url}/v1/completions`, { body: text, headers, method: 'POST' })
    const { status } = await shop.provider.fetch(request)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
  })
  await fc.assert(property, { numRuns: 2_000 })
  expect(await readBook()).toEqual(before)
  expect(shop.failures).toEqual([])
})
