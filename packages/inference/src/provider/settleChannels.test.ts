import { confirm } from '@aitoken/core'
import { afterAll, expect, test } from 'vitest'
import { bob, clientOf, deployment, isolate } from '~test/anvil.js'
import { ask, openShop } from '~test/market.js'
import { openPayer } from '~test/payer.js'

import { requestClose } from '../channel/requestClose.js'
import { withdrawFromChannel } from '../channel/withdrawFromChannel.js'
import { createMemoryStore } from '../store/createMemoryStore.js'

const store = createMemoryStore()
const shop = await openShop({ store })
afterAll(() => shop.close())
isolate()

test('behavior: a channel that ended without the provider is tried once', async () => {
  const payer = await openPayer(shop.provider)
  const headers = { 'ai-payment': await payer.pay(10n ** 12n) }
  expect((await fetch(`${shop.url}/v1/completions`, { ...ask(), headers })).status).toBe(200)

  const { channel, channelId } = payer
  const channels = deployment.paymentChannels
  const wallet = clientOf(bob)
  await confirm(wallet, { hash: await requestClose(wallet, { channel, channels }) })
  await wallet.increaseTime({ seconds: 1_000 })
  await confirm(wallet, { hash: await withdrawFromChannel(wallet, { channel, channels }) })

  const { hashes, paid } = await shop.provider.settle()
  expect({ hashes: hashes.length, paid: paid.get(channelId) }).toEqual({ hashes: 1, paid: 0n })
  expect((await shop.provider.settle()).hashes).toEqual([])
  const book = await store.transact(channelId, (ledger) => ({ ledger, result: ledger }))
  expect(book?.status).toBe('closed')
})
