import { confirm, TransactionUnconfirmedError } from '@aitoken/core'
import { createClient, http } from 'viem'
import { anvil } from 'viem/chains'
import { afterEach, expect, test } from 'vitest'
import { bob, carol, client, clientOf, deployment, isolate, rpcUrl } from '~test/anvil.js'
import { openDebt } from '~test/debtor.js'
import { ask, openShop } from '~test/market.js'
import { openPayer } from '~test/payer.js'
import { openProxy } from '~test/proxy.js'
import { createRevealer } from '~test/revealer.js'

import { requestClose } from '../channel/requestClose.js'
import type { createProvider } from '../provider/createProvider.js'
import { createMemoryStore } from '../store/createMemoryStore.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
  await client.setAutomine(true)
})

async function owe(parameters: Partial<createProvider.Parameters> = {}) {
  const debt = await openDebt(parameters)
  closing.push(debt.close)
  return debt
}

const countSent = () => client.getTransactionCount({ address: carol.address })

test('behavior: of two processes on one store, one settles', async () => {
  const { chainNow, channelId, leave, provider, spent, state, store } = await owe()
  const other = await openShop({ store })
  closing.push(other.close)
  await leave()
  const before = await countSent()
  const now = await chainNow()
  const towers = [await provider.watch({ interval: 0 }), await other.provider.watch({ interval: 0 })]
  const reports = await Promise.all(towers.map((tower) => tower.tick({ now })))
  expect(reports.map(({ hashes }) => hashes.length).sort()).toEqual([0, 1])
  // Nor did the other one try.
  const kinds = reports.flatMap(({ alarms }) => alarms.map(({ kind }) => kind))
  expect(kinds).not.toContain('unsettled')
  expect(reports.map(({ paid }) => paid.get(channelId) ?? 0n).sort()).toEqual([0n, spent])
  expect((await countSent()) - before).toBe(1)
  expect((await state()).settled).toBe(spent)
})

test('behavior: a process that dies while it settles is relieved by another, later', async () => {
  const { chainNow, channelId, leave, provider, spent, state, store } = await owe()
  await leave()
  const now = await chainNow()
  // What a process leaves behind that dies before it sends anything.
  const claim = { by: 'the dead', until: now + 60_000 }
  await store.transact(channelId, (held) => ({ ledger: held && { ...held, claim }, result: undefined }))
  const tower = await provider.watch({ interval: 0 })
  expect((await tower.tick({ now })).hashes).toEqual([])
  await tower.tick({ now: now + 60_000 })
  expect((await state()).settled).toBe(spent)
})

test('behavior: a transaction that nobody includes is paid more for, and stays one', async () => {
  const { channelId, leave, provider, spent, state, chainNow } = await owe({ stuckTimeout: 1_000 })
  await leave()
  const tower = await provider.watch({ interval: 0 })
  const before = await countSent()
  await client.setAutomine(false)
  const looking = tower.tick({ now: await chainNow() })
  const pool = async () => {
    const { pending } = await client.getTxpoolContent()
    return Object.values(pending).flatMap((byNonce) => Object.values(byNonce))
  }
  await expect.poll(async () => (await pool()).length, { timeout: 10_000 }).toBe(1)
  const [first] = await pool()
  await expect
    .poll(async () => BigInt((await pool())[0]?.maxFeePerGas ?? 0), { timeout: 10_000 })
    .toBeGreaterThanOrEqual((BigInt(first?.maxFeePerGas ?? 0) * 11n) / 10n)
  expect((await pool()).map(({ nonce }) => nonce)).toEqual([first?.nonce])
  await client.mine({ blocks: 1 })
  const { alarms, paid } = await looking
  expect(alarms.map(({ kind }) => kind)).toEqual(['exit'])
  expect(paid.get(channelId)).toBe(spent)
  expect((await countSent()) - before).toBe(1)
  expect((await state()).settled).toBe(spent)
})

test('behavior: while the outcome of a transaction is unknown, nothing is sent beside it', async () => {
  const { channelId, chainNow, leave, provider, spent, state } = await owe({ stuckTimeout: 20 })
  await leave()
  const tower = await provider.watch({ interval: 0 })
  const before = await countSent()
  await client.setAutomine(false)
  for (let look = 0; look < 2; look++) {
    const { alarms, hashes } = await tower.tick({ now: await chainNow() })
    const stuck = alarms.find(({ kind }) => kind === 'stuck')
    expect(stuck).toMatchObject({ error: { name: 'TransactionUnconfirmedError' } })
    expect(stuck?.kind === 'stuck' && stuck.error).toBeInstanceOf(TransactionUnconfirmedError)
    expect(hashes).toEqual([])
    expect(await client.getTxpoolStatus()).toEqual({ pending: 1, queued: 0 })
  }
  await client.mine({ blocks: 1 })
  const after = await tower.tick({ now: await chainNow() })
  expect(after.alarms).toEqual([])
  expect((await countSent()) - before).toBe(1)
  expect((await state()).settled).toBe(spent)
  expect((await tower.tick({ now: await chainNow() })).paid.get(channelId)).toBeUndefined()
})

test('behavior: what cannot be sent is said, left alone for a minute, and tried again', async () => {
  const node = await openProxy(rpcUrl)
  closing.push(node.close)
  const transport = http(node.url, { retryCount: 0 })
  const { chainNow, channelId, leave, provider, spent, state } = await owe({
    client: createClient({ account: carol, cacheTime: 0, chain: anvil, pollingInterval: 20, transport }),
  })
  await leave()
  const tower = await provider.watch({ interval: 0 })
  node.behave(({ method }) => (method === 'eth_sendRawTransaction' ? 'fails' : 'honest'))
  const now = await chainNow()
  const { alarms } = await tower.tick({ now })
  expect(alarms).toMatchObject([{ kind: 'exit' }, { channelIds: [channelId], kind: 'unsettled' }])
  node.behave(() => 'honest')
  expect((await tower.tick({ now: now + 59_000 })).hashes).toEqual([])
  await tower.tick({ now: now + 60_000 })
  expect((await state()).settled).toBe(spent)
})

test('behavior: what only a hash chain proves is settled before its payer leaves', async () => {
  const store = createMemoryStore()
  const shop = await openShop({ store })
  closing.push(shop.close)
  const payer = await openPayer(shop.provider)
  const { channel, channelId } = payer
  const unit = 10_000_000n
  const chain = await createRevealer(payer, { unit })
  const headers = { 'ai-payment': chain.pay(9, { committed: true }) }
  expect((await fetch(`${shop.url}/v1/completions`, { ...ask(), headers })).status).toBe(200)
  const book = await store.transact(channelId, (ledger) => ({ ledger, result: ledger }))
  const { spent = 0n } = book ?? {}
  expect(spent).toBeGreaterThan(unit)

  const wallet = clientOf(bob)
  const hash = await requestClose(wallet, { channel, channels: deployment.paymentChannels })
  await confirm(wallet, { hash })
  const tower = await shop.provider.watch({ interval: 0 })
  const { paid } = await tower.tick()
  expect(paid.get(channelId)).toBe(spent - (spent % unit))
  expect((await tower.tick()).hashes).toEqual([])
})
