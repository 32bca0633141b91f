import { confirm } from '@aitoken/core'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { bob, clientOf, deployment, isolate } from '~test/anvil.js'
import { ask, openShop } from '~test/market.js'
import { openPayer } from '~test/payer.js'

import { getChannel } from '../channel/getChannel.js'
import { requestClose } from '../channel/requestClose.js'
import { createMemoryStore } from '../store/createMemoryStore.js'

const wallet = clientOf(bob)
const { paymentChannels: channels } = deployment
let store = createMemoryStore()
let shop = await openShop({ store })
afterAll(() => shop.close())
isolate()
beforeEach(async () => {
  await shop.close()
  store = createMemoryStore()
  shop = await openShop({ store })
})

/** Bob buys once, and owes what it cost. */
async function sell() {
  const payer = await openPayer(shop.provider)
  const headers = { 'ai-payment': await payer.pay(10n ** 12n) }
  const response = await fetch(`${shop.url}/v1/completions`, { ...ask(), headers })
  expect(response.status).toBe(200)
  const book = () => store.transact(payer.channelId, (ledger) => ({ ledger, result: ledger }))
  const spent = (await book())?.spent ?? 0n
  expect(spent).toBeGreaterThan(0n)
  return { ...payer, book, spent, state: () => getChannel(wallet, { channelId: payer.channelId, channels }) }
}

const leave = async ({ channel }: Pick<Awaited<ReturnType<typeof sell>>, 'channel'>) =>
  confirm(wallet, { hash: await requestClose(wallet, { channel, channels }) })

/** A present that is not the clock's: the chain's, whatever other tests did to it. */
const chainNow = async () => Number((await wallet.getBlock()).timestamp) * 1000

test('default', async () => {
  const tower = await shop.provider.watch({ interval: 0 })
  const bought = await sell()
  expect(await tower.tick({ now: await chainNow() })).toMatchObject({
    alarms: [],
    connected: true,
    exits: 0,
    exposure: bought.spent,
    hashes: [],
    watched: 1,
  })
  await leave(bought)

  const { alarms, exits, hashes, paid } = await tower.tick({ now: await chainNow() })
  expect(alarms).toMatchObject([{ channelId: bought.channelId, exposure: bought.spent, kind: 'exit' }])
  expect({ exits, hashes: hashes.length }).toEqual({ exits: 1, hashes: 1 })
  expect(paid.get(bought.channelId)).toBe(bought.spent)
  expect((await bought.state()).settled).toBe(bought.spent)
  expect((await bought.book())?.status).toBe('closing')
  await tower.stop()
})

test('behavior: an exit while the gateway was down is found by the first look', async () => {
  const bought = await sell()
  await leave(bought)
  const tower = await shop.provider.watch({ interval: 0 })
  await tower.tick({ now: await chainNow() })
  expect((await bought.state()).settled).toBe(bought.spent)
})
