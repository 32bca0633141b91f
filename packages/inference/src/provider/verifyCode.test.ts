import { afterEach, expect, test } from 'vitest'
import { client, deployment, isolate, mallory } from '~test/anvil.js'
import { nthCharge } from '~test/charges.js'
import { createGrantee } from '~test/grantee.js'
import { ask, openShop } from '~test/market.js'
import { openPayer } from '~test/payer.js'

import { getChannel } from '../channel/getChannel.js'
import { createMemoryStore } from '../store/createMemoryStore.js'
import { decodeReceipt } from '../wire/receiptText.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

type Options = { creditWindow?: bigint; now?: () => number }

/** Carol's shop and Bob with a session; 500 million base units are authorized by voucher. */
async function openBar(options: Options = {}) {
  const store = createMemoryStore()
  const shop = await openShop({ store, ...options })
  closing.push(() => shop.close())
  const payer = await openPayer(shop.provider)
  const grantee = createGrantee(payer)
  const { channelId } = payer
  const post = async (path: string, header: string, body?: string, id = channelId) => {
    const headers = { 'ai-payment': header }
    const url = `${shop.url}/v1/channels/${id}/${path}`
    const response = await fetch(url, { headers, method: 'POST', ...(body && { body }) })
    return response.ok ? 'ok' : String((await response.json()).type).replace(/^.*\//, '')
  }
  const send = async (header: string, init = ask(), path = '/v1/completions') => {
    const headers = { ...init.headers, 'ai-payment': header }
    return fetch(`${shop.url}${path}`, { ...init, headers })
  }
  const buy = async (header: string, init?: RequestInit, path?: string) => {
    const response = await send(header, init, path)
    return response.ok ? 'ok' : String((await response.json()).type).replace(/^.*\//, '')
  }
  const book = async (id = channelId) => {
    const held = await store.transact(id, (ledger) => ({ ledger, result: ledger }))
    if (!held) throw new RangeError('There is no book')
    return held
  }
  return { ...shop, book, buy, channelId, grantee, payer, post, send, store }
}

const body = String(ask().body)

test('default: a granted session pays without a signature, and its receipts carry a code', async () => {
  const { book, buy, grantee, payer, post, send } = await openBar()
  expect(await post('sessions', await payer.pay(500_000_000n), await grantee.grant())).toBe('ok')
  for (const counter of [1n, 2n, 5n, 3n]) expect(await buy(grantee.pay(counter, body))).toBe('ok')
  const response = await send(grantee.pay(6n, body))
  const { receipt, signature } = decodeReceipt(response.headers.get('ai-receipt') ?? '')
  expect(signature).toHaveLength(66)
  const held = await book()
  expect(receipt.cumulative).toBe(held.spent)
  expect(held).toMatchObject({ authorized: 500_000_000n, sequence: nthCharge(5) })
  expect(held.grants).toMatchObject([{ charged: held.spent, counter: 6n, seen: 0b111011n }])
})

test('behavior: nobody is told a session key, and the last receipt is to be had signed', async () => {
  const { buy, channelId, failures, grantee, payer, post, url } = await openBar()
  expect(await post('sessions', await payer.pay(500_000_000n), await grantee.grant())).toBe('ok')
  expect(await buy(grantee.pay(1n, body))).toBe('ok')
  const headers = { 'ai-payment': await payer.pay(500_000_000n) }
  const shown = await (await fetch(`${url}/v1/channels/${channelId}`, { headers })).text()
  expect(shown).not.toContain(grantee.key.slice(2))
  expect(shown).not.toContain('grants')
  expect(decodeReceipt(JSON.parse(shown).receipt).signature).toHaveLength(132)
  expect(failures).toEqual([])
})

test('behavior: within the credit window requests are served before they are signed for', async () => {
  const bar = await openBar({ creditWindow: 60_000_000n })
  const { book, buy, channelId, grantee, payer, post } = bar
  expect(await post('sessions', await payer.pay(1n), await grantee.grant())).toBe('ok')
  expect(await buy(grantee.pay(1n, body))).toBe('ok')
  const { spent } = await book()
  expect(spent).toBeGreaterThan(1n)
  // The window is all that is lent.
  const problems = []
  for (let counter = 2n; counter < 6n; counter++) problems.push(await buy(grantee.pay(counter, body)))
  expect(problems).toContain('credit-insufficient')
  const held = await book()
  expect(held.spent - held.authorized).toBeLessThanOrEqual(60_000_000n)
  // Others are lent nothing.
  expect(await buy(await payer.pay(held.authorized + 1n))).toBe('credit-insufficient')
  // The payer signs for what was charged, and the window is whole again.
  expect(await post('vouchers', await payer.pay(held.spent))).toBe('ok')
  expect(await buy(grantee.pay(9n, body))).toBe('ok')

  // Who vanishes owes no more than the window.
  const owed = await book()
  const closed = await bar.provider.close(channelId)
  expect(closed).toMatchObject({ spent: owed.spent, uncovered: owed.spent - owed.vouched })
  const { paymentChannels: channels } = deployment
  expect((await getChannel(client, { channelId, channels })).settled).toBe(owed.vouched)
})

test('error: what Mallory tries with requests leaves the book as it was', async () => {
  const { book, buy, grantee, payer, post, provider } = await openBar()
  expect(await post('sessions', await payer.pay(500_000_000n), await grantee.grant())).toBe('ok')
  const header = grantee.pay(70n, body)
  expect(await buy(header)).toBe('ok')
  const other = await openPayer(provider)
  const stranger = createGrantee(other)
  const toOther = await other.pay(500_000_000n)
  expect(await post('sessions', toOther, await stranger.grant(), other.channelId)).toBe('ok')
  const before = await book()

  const altered = ask({ max_tokens: 400 })
  const priceTag = '0x0000000000000000'
  const tries = {
    'a code made up': [grantee.pay(71n, body, { code: `0x${'00'.repeat(32)}` }), 'grant-code'],
    'a key nobody granted': [createGrantee(payer).pay(71n, body), 'grant-unknown'],
    'a number too old to tell': [grantee.pay(6n, body), 'grant-replayed'],
    'another number': [grantee.pay(70n, body, { counter: 71n }), 'grant-code'],
    "another payer's key": [
      grantee.pay(71n, body, { key: stranger.key, keyId: stranger.keyId }),
      'grant-unknown',
    ],
    "another payer's key under this name": [grantee.pay(71n, body, { key: stranger.key }), 'grant-code'],
    'no number': [grantee.pay(0n, body), 'grant-replayed'],
    'on another channel': [grantee.pay(71n, body, { channelId: other.channelId }), 'grant-unknown'],
    'other prices': [grantee.pay(71n, body, { priceTag }), 'price-changed'],
    'the same again': [header, 'grant-replayed'],
  } as const
  for (const [name, [made, problem]] of Object.entries(tries))
    expect([name, await buy(made)]).toEqual([name, problem])
  expect(await buy(grantee.pay(71n, body), altered)).toBe('grant-code')
  expect(await buy(grantee.pay(71n, body), ask(), '/v1/chat/completions')).toBe('grant-code')
  expect(await post('vouchers', grantee.pay(71n, body))).toBe('payment-header')
  expect(await post('close', grantee.pay(71n, body))).toBe('payment-header')
  expect(await book()).toEqual(before)
  expect(await buy(grantee.pay(71n, body))).toBe('ok')
})

test('error: what Mallory tries with grants', async () => {
  let time = Date.now()
  const { book, buy, grantee, payer, post } = await openBar({ now: () => time })
  const { channelId } = payer
  let amount = 500_000_000n
  const open = async (grant: string) => post('sessions', await payer.pay(amount++), grant)
  const soon = BigInt(Math.floor(time / 1000) + 60)
  expect(await open(await grantee.grant({ signer: mallory }))).toBe('grant-signer')
  expect(await open(await grantee.grant({ key: createGrantee(payer).key }))).toBe('grant-signer')
  expect(await open(await grantee.grant({ channelId: `0x${'11'.repeat(32)}` }))).toBe('grant-signer')
  expect(await open((await grantee.grant()).replace('1000000000', '9000000000'))).toBe('grant-signer')
  expect(await open(await grantee.grant({ expiry: 1n }))).toBe('grant-expired')
  expect(await open('{"key":"0x11"}')).toBe('body-invalid')
  expect(await open('x'.repeat(2_000))).toBe('body-too-large')
  expect(await open(await grantee.grant({ expiry: soon, limit: 50_000_000n }))).toBe('ok')

  // The limit holds for what is charged and what may be.
  expect(await buy(grantee.pay(1n, body))).toBe('ok')
  expect(await buy(grantee.pay(2n, body))).toBe('grant-limit')
  // Granted again it does not begin anew.
  expect(await open(await grantee.grant())).toBe('ok')
  expect(await buy(grantee.pay(1n, body))).toBe('grant-replayed')
  for (let index = 0; index < 3; index++) expect(await open(await createGrantee(payer).grant())).toBe('ok')
  expect(await open(await createGrantee(payer).grant())).toBe('grants-full')
  time += 61_000
  expect(await buy(grantee.pay(3n, body))).toBe('grant-expired')
  expect(await open(await createGrantee(payer).grant())).toBe('ok')
  expect((await book()).grants).toHaveLength(4)
  expect((await book()).channelId).toBe(channelId)
})

test('behavior: 64 requests may arrive in any order, each once', async () => {
  const { book, buy, grantee, payer, post } = await openBar()
  expect(
    await post('sessions', await payer.pay(10_000_000_000n), await grantee.grant({ limit: 10n ** 12n })),
  ).toBe('ok')
  const numbers = Array.from({ length: 64 }, (_, index) => BigInt(64 - index))
  const twice = await Promise.all([...numbers, ...numbers].map((counter) => buy(grantee.pay(counter, body))))
  expect(twice.filter((problem) => problem === 'ok')).toHaveLength(64)
  expect(twice.filter((problem) => problem === 'grant-replayed')).toHaveLength(64)
  expect((await book()).sequence).toEqual(nthCharge(64))
})
