import { createClient, http } from 'viem'
import { anvil } from 'viem/chains'
import { afterEach, expect, test, vi } from 'vitest'
import { carol, client, isolate, rpcUrl } from '~test/anvil.js'
import { openDebt } from '~test/debtor.js'
import { openShop } from '~test/market.js'
import { openProxy } from '~test/proxy.js'

isolate()
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  vi.useRealTimers()
  for (const close of closing.splice(0)) await close()
  await client.setAutomine(true)
})

/** Bob owes Carol and leaves; Carol's gateway dies between its claim and its transaction. */
async function dieClaiming() {
  const node = await openProxy(rpcUrl)
  closing.push(node.close)
  const transport = http(node.url, { retryCount: 0 })
  const mortal = createClient({ account: carol, cacheTime: 0, chain: anvil, pollingInterval: 20, transport })
  const debt = await openDebt({ client: mortal })
  closing.push(debt.close)
  const first = await debt.provider.watch({ interval: 0 })
  await debt.leave()
  node.behave(({ method }) => (method === 'eth_sendRawTransaction' ? 'hangs' : 'honest'))
  const now = await debt.chainNow()
  void first.tick({ now })
  await expect.poll(async () => (await debt.book())?.claim?.until).toBe(now + 90_000)
  // It is started again a moment later, on the same books.
  const again = await openShop({ store: debt.store })
  closing.push(again.close)
  return { ...debt, now, second: await again.provider.watch({ interval: 0 }) }
}

test('behavior: a gateway that dies between claim and transaction is relieved long before the payer leaves', async () => {
  const { channelId, now, second, spent, state } = await dieClaiming()
  expect((await second.tick({ now: now + 60_000 })).hashes).toEqual([])
  const report = await second.tick({ now: now + 90_000 })
  expect(report.paid.get(channelId)).toBe(spent)
  expect((await state()).settled).toBe(spent)
})

test('behavior: whoever holds a channel, it is settled when its payer is about to leave, and said', async () => {
  const { book, chainNow, channelId, leave, provider, spent, state, store } = await owe()
  await leave()
  const { closeAt } = await state()
  // A clock that is wrong claims for a year.
  const claim = { by: 'Mallory', until: (await chainNow()) + 31_536_000_000 }
  await store.transact(channelId, (held) => ({ ledger: held && { ...held, claim }, result: undefined }))
  const tower = await provider.watch({ interval: 0 })
  const before = await tower.tick({ now: (closeAt - 301) * 1000 })
  expect(before.hashes).toEqual([])
  expect(before.alarms.map(({ kind }) => kind)).not.toContain('held')
  const report = await tower.tick({ now: (closeAt - 300) * 1000 })
  expect(report.alarms).toContainEqual({ ...claim, channelId, kind: 'held' })
  expect(report.paid.get(channelId)).toBe(spent)
  expect((await book())?.claim).toBeUndefined()
})

test('behavior: who waits for a transaction keeps its claim', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  let clock = Date.now()
  const { book, leave, provider, spent, state } = await owe({ now: () => clock })
  await leave()
  const tower = await provider.watch({ interval: 0 })
  await client.setAutomine(false)
  const began = clock
  const looking = tower.tick({ now: began })
  await expect.poll(async () => (await client.getTxpoolStatus()).pending).toBe(1)
  expect((await book())?.claim?.until).toBe(began + 90_000)
  clock += 45_000
  vi.advanceTimersByTime(30_000)
  await expect.poll(async () => (await book())?.claim?.until).toBe(began + 135_000)
  await client.mine({ blocks: 1 })
  await looking
  expect((await book())?.claim).toBeUndefined()
  expect((await state()).settled).toBe(spent)
})

async function owe(parameters: Parameters<typeof openDebt>[0] = {}) {
  const debt = await openDebt(parameters)
  closing.push(debt.close)
  return debt
}
