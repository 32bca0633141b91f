import { afterEach, expect, test } from 'vitest'
import { bob, client, deployment, isolate } from '~test/anvil.js'
import { ask, hireBob, openShop } from '~test/market.js'
import { unreliableClientOf } from '~test/unreliable.js'

import { getChannel } from '../channel/getChannel.js'

isolate()

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function open() {
  const shop = await openShop()
  closing.push(() => shop.close())
  return shop
}
const stateOf = (channelId: `0x${string}`) =>
  getChannel(client, { channelId, channels: deployment.paymentChannels })

test('behavior: a closing whose answer never arrived is found on chain', async () => {
  const shop = await open()
  let losing = true
  const consumer = await hireBob({
    async fetch(input, init) {
      const response = await fetch(input, init)
      if (!losing || !String(input).endsWith('/close')) return response
      losing = false
      throw new TypeError('fetch failed')
    },
  })
  await consumer.fetch(`${shop.url}/v1/completions`, ask())
  const { channelId } = await consumer.channel(shop.url)
  const closed = await consumer.close(shop.url)
  const cost = consumer.receipts()[0]?.receipt.cost
  expect(closed).toMatchObject({ disputed: 0n, hash: undefined, spent: cost })
  expect(closed.receipt?.receipt.cost).toBe(cost)
  expect(await stateOf(channelId)).toMatchObject({ closed: true, settled: cost })
})

test('behavior: a final statement that the node took, though it never said so, closed the channel', async () => {
  const shop = await open()
  const { client: his, line } = unreliableClientOf(bob)
  const consumer = await hireBob({ client: his })
  const { channelId } = await consumer.channel(shop.url)
  line.losses = ['before', 'after']
  await expect(consumer.close(shop.url)).rejects.toMatchObject({ name: 'CallFailedError' })
  expect(await consumer.close(shop.url)).toMatchObject({ hash: undefined, spent: 0n })
  expect((await stateOf(channelId)).closed).toBe(true)
})
