import { confirm } from '@aitoken/core'
import { afterAll, expect, test } from 'vitest'
import { bob, client, clientOf, deployment, isolate, mallory } from '~test/anvil.js'
import { nthCharge } from '~test/charges.js'
import { ask, openShop } from '~test/market.js'
import { openPayer } from '~test/payer.js'
import { createRevealer } from '~test/revealer.js'

import { getChannel } from '../channel/getChannel.js'
import { requestClose } from '../channel/requestClose.js'
import { createMemoryStore } from '../store/createMemoryStore.js'
import { createStream } from '../stream/createStream.js'

const unit = 10_000_000n
const store = createMemoryStore()
const shop = await openShop({ store })
afterAll(() => shop.close())
isolate()

const { paymentChannels: channels } = deployment
const stateOf = (channelId: `0x${string}`) => getChannel(client, { channelId, channels })
const bookOf = (channelId: `0x${string}`) =>
  store.transact(channelId, (ledger) => ({ ledger, result: ledger }))

/** Asks for a completion; what went wrong, if anything. */
async function buy(header: string): Promise<string> {
  const init = ask()
  const headers = { ...init.headers, 'ai-payment': header }
  const response = await fetch(`${shop.url}/v1/completions`, { ...init, headers })
  return response.ok ? 'ok' : String((await response.json()).type).replace(/^.*\//, '')
}

async function send(channelId: string, path: string, header: string) {
  const headers = { 'ai-payment': header }
  return fetch(`${shop.url}/v1/channels/${channelId}/${path}`, { headers, method: 'POST' })
}

test('default: many requests, one signature, and a voucher for exactly what was spent at the end', async () => {
  const payer = await openPayer(shop.provider)
  const chain = await createRevealer(payer, { unit })
  expect(await buy(chain.pay(6, { committed: true }))).toBe('ok')
  for (const steps of [12, 18, 24]) expect(await buy(chain.pay(steps))).toBe('ok')
  const book = await bookOf(payer.channelId)
  expect(book).toMatchObject({
    authorized: 24n * unit,
    sequence: nthCharge(4),
    signature: undefined,
    vouched: 0n,
  })

  const spent = book?.spent ?? 0n
  const closed = await send(payer.channelId, 'close', await payer.pay(spent))
  expect(await closed.json()).toMatchObject({ spent: `${spent}` })
  expect(await stateOf(payer.channelId)).toMatchObject({ closed: true, settled: spent })
})

test('behavior: a payer that vanishes is charged whole units by its chain, and never more than it spent', async () => {
  const payer = await openPayer(shop.provider)
  const chain = await createRevealer(payer, { unit })
  expect(await buy(chain.pay(6, { committed: true }))).toBe('ok')
  expect(await buy(chain.pay(30))).toBe('ok')

  const { spent, uncovered } = await shop.provider.close(payer.channelId)
  expect(uncovered).toBe(spent % unit)
  const state = await stateOf(payer.channelId)
  expect(state).toMatchObject({ closed: true, settled: spent - uncovered })
  expect((await bookOf(payer.channelId))?.settled).toBe(state.settled)
})

test('behavior: settles what a voucher covers and what only the chain does, and again later', async () => {
  const payer = await openPayer(shop.provider)
  expect(await buy(await payer.pay(50_000_000n))).toBe('ok')
  const chain = await createRevealer(payer, { base: 50_000_000n, unit })
  for (const steps of [5, 10]) expect(await buy(chain.pay(steps, { committed: steps === 5 }))).toBe('ok')
  const spent = (await bookOf(payer.channelId))?.spent ?? 0n
  expect(spent).toBeGreaterThan(60_000_000n)

  const { hashes, paid } = await shop.provider.settle([payer.channelId])
  const floor = spent - ((spent - 50_000_000n) % unit)
  expect(hashes).toHaveLength(1)
  expect(paid.get(payer.channelId)).toBe(floor)
  expect((await shop.provider.settle([payer.channelId])).hashes).toEqual([])
  // The rest is paid as soon as a voucher covers it, although it gives no new credit.
  await send(payer.channelId, 'vouchers', await payer.pay(spent))
  await shop.provider.settle([payer.channelId])
  expect((await stateOf(payer.channelId)).settled).toBe(spent)
})

test('behavior: when its links are used up, a voucher covers them and another chain follows', async () => {
  const payer = await openPayer(shop.provider)
  const first = await createRevealer(payer, { maxSteps: 12, unit })
  expect(await buy(first.pay(6, { committed: true }))).toBe('ok')
  expect(await buy(first.pay(12))).toBe('ok')
  expect(await buy(first.pay(13, { link: first.stream.root }))).toBe('stream-link')
  const total = 12n * unit
  const second = await createRevealer(payer, { base: total, unit })
  expect(await buy(second.pay(6, { committed: true }))).toBe('stream-uncovered')
  expect((await send(payer.channelId, 'vouchers', await payer.pay(total))).status).toBe(200)
  expect(await buy(second.pay(6, { committed: true }))).toBe('ok')
  expect(await bookOf(payer.channelId)).toMatchObject({ authorized: total + 6n * unit, vouched: total })
})

test('error: what Mallory tries leaves the book as it was', async () => {
  const payer = await openPayer(shop.provider)
  const other = await openPayer(shop.provider)
  const chain = await createRevealer(payer, { unit })
  expect(await buy(chain.pay(6))).toBe('channel-unknown')
  expect(await buy(chain.pay(6, { committed: true, described: true }))).toBe('ok')
  expect(await buy(await other.pay(50_000_000n))).toBe('ok')
  const before = await bookOf(payer.channelId)

  const foreign = createStream({ maxSteps: 1024 })
  const forged = await createRevealer(payer, { signer: mallory, unit })
  const above = await createRevealer(payer, { base: 60_000_001n, unit })
  const below = await createRevealer(payer, { base: 0n, unit: 1n })
  const dear = await createRevealer(payer, { unit: 10n ** 15n })
  const free = await createRevealer(payer, { unit: 0n })
  const long = await createRevealer(payer, { maxSteps: 1025, signed: false, unit })
  const tries = {
    'a commitment by somebody else': [forged.pay(12, { committed: true }), 'stream-commit-signer'],
    'a link of another chain': [chain.pay(12, { link: foreign.reveal(12) }), 'stream-link'],
    'a link said to be a later one': [chain.pay(13, { link: chain.stream.reveal(12) }), 'stream-link'],
    'a link that skips too many': [chain.pay(6 + 257), 'stream-link'],
    'an earlier link': [chain.pay(5), 'stream-replayed'],
    'base above what is covered': [above.pay(12, { committed: true }), 'stream-uncovered'],
    'base below, worth nothing new': [below.pay(100, { committed: true }), 'stream-uncovered'],
    'beyond the last step': [chain.pay(1025, { link: foreign.reveal(1) }), 'stream-link'],
    'links too dear': [dear.pay(1, { committed: true }), 'stream-unit'],
    'links worth nothing': [free.pay(1, { committed: true }), 'stream-unit'],
    'no step at all': [chain.pay(0, { link: chain.stream.root }), 'stream-replayed'],
    'on a channel without a chain': [chain.pay(12, { channelId: other.channelId }), 'stream-unknown'],
    'on another channel': [
      chain.pay(12, { channelId: other.channelId, committed: true }),
      'stream-commit-signer',
    ],
    'the same link again': [chain.pay(6), 'stream-replayed'],
    'the same root with another base': [
      (await createRevealer(payer, { base: 1n, stream: chain.stream, unit })).pay(6, { committed: true }),
      'stream-replayed',
    ],
    'too long a chain': [long.pay(1, { committed: true }), 'stream-commit-malformed'],
  } as const
  for (const [name, [header, problem]] of Object.entries(tries))
    expect([name, await buy(header)]).toEqual([name, problem])
  expect(await bookOf(payer.channelId)).toEqual(before)
  // None of which stops the payer.
  expect(await buy(chain.pay(12))).toBe('ok')
})

test('error: a link, like a voucher, cannot draw on more than the deposit', async () => {
  const payer = await openPayer(shop.provider, 100_000_000n)
  const chain = await createRevealer(payer, { unit })
  expect(await buy(chain.pay(11, { committed: true }))).toBe('voucher-overdrawn')
  expect(await buy(chain.pay(10, { committed: true }))).toBe('ok')
  expect(await buy(chain.pay(11))).toBe('voucher-overdrawn')
})

test('behavior: links and vouchers pay on one channel in any order', async () => {
  const payer = await openPayer(shop.provider)
  const chain = await createRevealer(payer, { unit })
  expect(await buy(chain.pay(6, { committed: true }))).toBe('ok')
  expect(await buy(await payer.pay(100_000_000n))).toBe('ok')
  expect(await buy(chain.pay(10))).toBe('voucher-replayed')
  expect(await buy(chain.pay(9))).toBe('voucher-lowered')
  expect(await buy(chain.pay(16))).toBe('ok')
  expect(await bookOf(payer.channelId)).toMatchObject({ authorized: 160_000_000n, vouched: 100_000_000n })
  const last = await bookOf(payer.channelId)
  const { spent, uncovered } = await shop.provider.close(payer.channelId)
  expect([spent, uncovered]).toEqual([last?.spent, 0n])
  expect((await stateOf(payer.channelId)).settled).toBe(spent)
})

test('behavior: a payer that announces its exit in the middle of a chain pays for what it used', async () => {
  const payer = await openPayer(shop.provider)
  const chain = await createRevealer(payer, { unit })
  for (const steps of [6, 12]) expect(await buy(chain.pay(steps, { committed: steps === 6 }))).toBe('ok')
  const { channel, channelId } = payer
  const wallet = clientOf(bob)
  await confirm(wallet, { hash: await requestClose(wallet, { channel, channels }) })
  const { paid } = await shop.provider.settle([channelId])
  const { spent = 0n } = (await bookOf(channelId)) ?? {}
  expect(spent).toBeGreaterThan(unit)
  expect(paid.get(channelId)).toBe(spent - (spent % unit))
  expect(await stateOf(channelId)).toMatchObject({ closed: false, settled: spent - (spent % unit) })
  expect(await buy(chain.pay(18))).toBe('channel-ending')
})
