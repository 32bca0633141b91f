import { encodePayment, type Payment } from '@aitoken/inference'
import fc from 'fast-check'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { isolate, keys, mallory } from '~test/anvil.js'
import { createGrantee } from '~test/grantee.js'
import { ask, openShop, shakespeare } from '~test/market.js'
import { openPayer } from '~test/payer.js'

import { createMemoryStore } from '../store/createMemoryStore.js'
import type { Upstream } from '../upstream/upstream.js'
import { decodeBase64Url, encodeBase64Url } from '../wire/base64url.js'

const canary = 'sk-canary-7f3a9b'
const sessionKey = `0x${'5e55104b'.repeat(8)}` as const
const unit = 10n ** 12n
const seed = 20_261_123
const model = await shakespeare()
/** A model whose server tells its key whenever it refuses something. */
const upstream: Upstream = {
  ...model,
  async fetch(url, request) {
    const response = await model.fetch(url, request)
    return response.ok ? response : new Response(`{"error":"${canary} refused"}`, { status: 401 })
  },
}
const lines: string[] = []
const write = (fields: object, message: string) => {
  const text = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)
  lines.push(message + JSON.stringify(fields, text))
}
const store = createMemoryStore()
const shop = await openShop({ log: { error: write, info: write, warn: write }, store, upstream })
afterAll(() => shop.close())
isolate()

let payer: Awaited<ReturnType<typeof openPayer>>
let grantee: ReturnType<typeof createGrantee>
beforeEach(async () => {
  lines.length = 0
  payer = await openPayer(shop.provider)
  // The book begins, with a session, so that a header can do harm to it.
  grantee = createGrantee(payer, sessionKey)
  const granted = await send(
    await payer.pay(unit),
    await grantee.grant(),
    `/v1/channels/${payer.channelId}/sessions`,
  )
  expect(granted.status).toBe(200)
  const body = String(ask().body)
  expect((await send(grantee.pay(1n, body), body)).status).toBe(200)
})

const path = '/v1/completions'
const send = (payment: string, body: BodyInit, to = path, key?: string) =>
  shop.provider.fetch(
    new Request(shop.url + to, {
      body,
      headers: { 'ai-payment': payment, ...(key !== undefined && { 'idempotency-key': key }) },
      method: 'POST',
    }),
  )
const readBook = () => store.transact(payer.channelId, (ledger) => ({ ledger, result: ledger }))

/** What nobody outside may ever read: keys, the model's server's key, stacks and paths. */
const secret = new RegExp(
  [
    canary,
    sessionKey.slice(2),
    ...Object.values(keys).map((key) => key.slice(2)),
    '\\n +at ',
    'node_modules',
    '\\.[jt]s:\\d',
    'file://',
  ].join('|'),
  'i',
)
const readAll = async (response: Response) => {
  const text = (await response.text()) + JSON.stringify([...response.headers])
  expect(text).not.toMatch(secret)
  return response.status
}

const printable = (text: string) => text.replace(/[^\x20-\x7e]/g, '').trim() || 'x'
const hexOf = (bytes: number) =>
  fc
    .uint8Array({ maxLength: bytes, minLength: bytes })
    .map((array): `0x${string}` => `0x${Buffer.from(array).toString('hex')}`)

/** Payments that are well formed, of every kind, and say anything. */
const anyPayment = () => {
  const { channel, channelId, priceTag } = payer
  const amount = fc.bigInt({ max: 2n ** 96n - 1n, min: 0n })
  const terms = {
    channelId: fc.oneof(
      { arbitrary: fc.constant(channelId), weight: 4 },
      { arbitrary: hexOf(32), weight: 1 },
    ),
    descriptor: fc.oneof(
      fc.constant(channel),
      fc.constant(undefined),
      fc.constant({ ...channel, authorizedSigner: mallory.address }),
    ),
    priceTag: fc.oneof({ arbitrary: fc.constant(priceTag), weight: 4 }, { arbitrary: hexOf(8), weight: 1 }),
    unreceipted: fc.boolean(),
  }
  const { descriptor: _, ...sessionTerms } = terms
  const commit = fc.record({
    base: amount,
    maxSteps: fc.integer({ max: 1_024, min: 1 }),
    signature: hexOf(65),
    unit: amount,
  })
  return fc.oneof<fc.Arbitrary<Payment>[]>(
    fc.record({
      ...terms,
      cumulativeAmount: fc.oneof(amount, fc.constantFrom(0n, unit - 1n, unit, unit + 1n)),
      signature: hexOf(65),
    }),
    fc.record({
      ...terms,
      commit: fc.oneof(commit, fc.constant(undefined)),
      link: hexOf(32),
      steps: fc.integer({ max: 1_024, min: 1 }),
    }),
    fc.record({
      ...sessionTerms,
      code: hexOf(32),
      counter: fc.bigInt({ max: 2n ** 64n - 1n, min: 1n }),
      keyId: hexOf(8),
    }),
  )
}

/** One header that paid, changed a little. */
const mutated = (base: string) => {
  const raw = decodeBase64Url(base, 3) ?? new Uint8Array(0)
  const flip = fc
    .array(fc.tuple(fc.nat(raw.length - 1), fc.integer({ max: 255, min: 1 })), { maxLength: 3, minLength: 1 })
    .map((flips) => {
      const bytes = raw.slice()
      for (const [at, change] of flips) bytes[at] = (bytes[at] ?? 0) ^ change
      return `v1.${encodeBase64Url(bytes)}`
    })
  const cut = fc.nat(base.length).map((length) => base.slice(0, length))
  const grown = fc
    .tuple(fc.nat(base.length), fc.string({ maxLength: 400 }))
    .map(([at, text]) => base.slice(0, at) + text + base.slice(at))
  const twice = fc.constantFrom(
    `${base}, ${base}`,
    `${base}=`,
    base.toUpperCase(),
    base.replace('v1.', 'v2.'),
    ` ${base} `,
  )
  return fc.oneof(flip, cut, grown, twice)
}

test('property: 10,000 headers change nothing', async () => {
  const base = await payer.pay(unit)
  const header = fc.oneof(
    { arbitrary: mutated(base), weight: 3 },
    { arbitrary: mutated(grantee.pay(1n, String(ask().body))), weight: 2 },
    { arbitrary: anyPayment().map(encodePayment), weight: 4 },
    { arbitrary: fc.string({ maxLength: 500 }), weight: 1 },
    { arbitrary: fc.base64String({ maxLength: 500 }).map((text) => `v1.${text}`), weight: 1 },
  )
  const key = fc.oneof(
    fc.constant(undefined),
    fc.constant('mine'),
    fc.string({ maxLength: 300 }).map(printable),
  )
  const { channelId } = payer
  const below = `/v1/channels/${channelId}`
  const to = fc.constantFrom(
    path,
    path,
    path,
    '/v1/chat/completions',
    `${below}/vouchers`,
    `${below}/close`,
    `${below}/sessions`,
  )
  const before = await readBook()
  const body = String(ask().body)
  const property = fc.asyncProperty(header, key, to, async (payment, named, where) => {
    const status = await readAll(await send(printable(payment), body, where, named))
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
  })
  await fc.assert(property, { numRuns: 10_000, seed })
  const { syncedAt: _, ...book } = (await readBook()) ?? {}
  expect(before).toMatchObject(book)
  expect(shop.failures).toEqual([])
  expect(lines.join('\n')).not.toMatch(secret)
}, 240_000)

/** A request that is served, changed in ways that a JSON parser, or a careless check, may take for something else. */
const anyBody = () => {
  const valid: Record<string, unknown> = JSON.parse(String(ask().body))
  const names = fc.constantFrom(
    ...Object.keys(valid),
    'messages',
    'n',
    'best_of',
    'stream',
    'stream_options',
    'stop',
    'max_completion_tokens',
    'Model',
    'MAX_TOKENS',
    '__proto__',
    'constructor',
    'toString',
  )
  const value = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom<unknown[]>(0, -1, 1e308, 2 ** 53, 0.5, '', 'NaN', null, true, [], {}, [[[]]], {
      length: 1e9,
    }),
  )
  const changed = fc
    .array(fc.tuple(names, value), { maxLength: 4, minLength: 1 })
    .map((changes) => JSON.stringify({ ...valid, ...Object.fromEntries(changes) }))
  const text = JSON.stringify(valid)
  const broken = fc
    .tuple(fc.nat(text.length), fc.string({ maxLength: 3 }))
    .map(([at, piece]) => text.slice(0, at) + piece + text.slice(at + 1))
  const twice = fc
    .tuple(names, value)
    .map(([name, other]) => `${text.slice(0, -1)},${JSON.stringify(name)}:${JSON.stringify(other)}}`)
  const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => new Uint8Array(array))
  return fc.oneof(
    { arbitrary: changed, weight: 4 },
    { arbitrary: broken, weight: 2 },
    { arbitrary: twice, weight: 2 },
    bytes,
    fc.json(),
    fc.string(),
  )
}

test('property: 10,000 bodies that are not paid for change nothing', async () => {
  // One unit more than before: the voucher is good, and buys nothing.
  const payment = await payer.pay(unit + 1n)
  const spent = (await readBook())?.spent ?? 0n
  // The credit that is left is given away first.
  const rest = await store.transact(payer.channelId, (ledger) => {
    const used = ledger && { ...ledger, settled: 0n, spent: unit }
    return { ledger: used, result: used }
  })
  expect(rest?.spent).toBeGreaterThan(spent)
  const before = await readBook()
  const key = fc.option(fc.constantFrom('mine', 'yours'), { nil: undefined })
  const property = fc.asyncProperty(anyBody(), key, async (body, named) => {
    const status = await readAll(await send(payment, body, path, named))
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
  })
  await fc.assert(property, { numRuns: 10_000, seed })
  expect(await readBook()).toEqual(before)
  expect(shop.failures).toEqual([])
  expect(lines.join('\n')).not.toMatch(secret)
}, 240_000)

test('property: bodies that are paid for are served or refused, and leave nothing reserved', async () => {
  let amount = 10n ** 16n
  const property = fc.asyncProperty(anyBody(), async (body) => {
    amount += 10n ** 13n
    const status = await readAll(await send(await payer.pay(amount), body))
    // A model that refuses the provider's key is the provider's trouble, and said to be so.
    expect([200, 400, 404, 502]).toContain(status)
  })
  await fc.assert(property, { numRuns: 1_000, seed })
  const book = await readBook()
  expect(book?.reserved).toEqual([])
  expect(book?.receipt?.cumulative).toBe(book?.spent)
  expect(lines.join('\n')).not.toMatch(secret)
}, 240_000)
