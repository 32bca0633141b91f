import { confirm } from '@aitoken/core'
import type { Hex } from 'viem'
import { afterEach, expect, test } from 'vitest'
import { alice, bob, client, clientOf, deployment, isolate } from '~test/anvil.js'
import { openDebt } from '~test/debtor.js'
import { ask, openShop } from '~test/market.js'
import { openPayer } from '~test/payer.js'

import { openChannel } from '../channel/openChannel.js'
import { beginClose } from '../ledger/close.js'
import { hashPriceTable } from '../price/hashPriceTable.js'
import { createMemoryStore } from '../store/createMemoryStore.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Carol bought a new disk: same account, no books. */
async function reopen() {
  const store = createMemoryStore()
  const shop = await openShop({ store })
  closing.push(shop.close)
  return { ...shop, store }
}

test('default', async () => {
  const debt = await openDebt()
  closing.push(debt.close)
  const { channel, channelId, deposit, pay, provider, spent } = debt
  await provider.settle()
  expect((await debt.buy()).status).toBe(200)

  const shop = await reopen()
  const progress: bigint[] = []
  const onProgress = ({ readTo }: { readTo: bigint }) => progress.push(readTo)
  expect(await shop.provider.recover({ chunkSize: 5n, onProgress })).toEqual({
    closed: 0,
    created: 1,
    open: 1,
  })
  expect(progress.at(-1)).toBe(await client.getBlockNumber())
  expect(progress.length).toBeGreaterThan(1)
  const book = await shop.store.transact(channelId, (ledger) => ({ ledger, result: ledger }))
  // What was bought after the settlement is lost, and nothing else.
  expect(book).toMatchObject({ authorized: spent, channel, deposit, settled: spent, spent, status: 'open' })

  const { chainId, channels, priceTable: table } = await shop.provider.quote()
  const priceTag: Hex = `0x${hashPriceTable({ chainId, channels, table }).slice(2, 18)}`
  const send = async (amount: bigint) => {
    const headers = { 'ai-payment': await pay(amount, { descriptor: undefined, priceTag }) }
    return fetch(`${shop.url}/v1/completions`, { ...ask(), headers })
  }
  // Not even what was settled is taken again.
  expect((await send(spent)).status).toBe(402)
  expect((await send(3n * 10n ** 12n)).status).toBe(200)
  expect((await send(3n * 10n ** 12n)).status).toBe(402)
})

test('behavior: exits are found in what was recovered', async () => {
  const debt = await openDebt()
  closing.push(debt.close)
  await debt.leave()
  const shop = await reopen()
  await shop.provider.recover()
  const tower = await shop.provider.watch({ interval: 0 })
  expect(await tower.tick({ now: await debt.chainNow() })).toMatchObject({
    exits: 1,
    exposure: 0n,
    hashes: [],
  })
})

test('behavior: books that exist, channels that ended, and those of others are left alone', async () => {
  const ended = await openDebt()
  closing.push(ended.close)
  await ended.provider.close(ended.channelId)
  const held = await openPayer(ended.provider)
  const headers = { 'ai-payment': await held.pay(10n ** 12n) }
  await fetch(`${ended.url}/v1/completions`, { ...ask(), headers })
  await ended.fund(1n)
  const wallet = clientOf(bob)
  const { aiToken: token, paymentChannels: channels } = deployment
  const { hash } = await openChannel(wallet, { channels, deposit: 1n, payee: alice.address, token })
  await confirm(wallet, { hash })

  const before = await ended.store.transact(held.channelId, (ledger) => ({ ledger, result: ledger }))
  expect(await ended.provider.recover()).toEqual({ closed: 0, created: 0, open: 1 })
  const after = await ended.store.transact(held.channelId, (ledger) => ({ ledger, result: ledger }))
  expect(after).toEqual(before)
  expect(after?.spent).toBeGreaterThan(0n)
})

test('behavior: a closing that a crash cut off is finished', async () => {
  const { book, channelId, close, provider, spent, state, store } = await openDebt()
  closing.push(close)
  await store.transact(channelId, (held) => ({ ledger: held && beginClose(held), result: undefined }))
  expect(await provider.recover()).toEqual({ closed: 1, created: 0, open: 1 })
  expect(await state()).toMatchObject({ closed: true, settled: spent })
  expect((await book())?.status).toBe('closed')
  expect(await provider.recover()).toEqual({ closed: 0, created: 0, open: 0 })
})
