import { afterEach, expect, test } from 'vitest'
import { carol, client, clientOf, deployment, isolate } from '~test/anvil.js'
import { ask, openShop } from '~test/market.js'
import { openPayer } from '~test/payer.js'
import { unreliableClientOf } from '~test/unreliable.js'

import { closeChannel } from '../channel/closeChannel.js'
import { getChannel } from '../channel/getChannel.js'
import { createMemoryStore } from '../store/createMemoryStore.js'

isolate()

const { paymentChannels: channels } = deployment
const unit = 10n ** 12n
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A channel on which something was bought of Carol, whose node goes silent now and then. */
async function buyAtCarols() {
  const { client: hers, line } = unreliableClientOf(carol)
  const store = createMemoryStore()
  const shop = await openShop({ client: hers, store })
  closing.push(() => shop.close())
  const payer = await openPayer(shop.provider)
  const { channelId } = payer
  const buy = async (amount: bigint) => {
    const headers = { 'ai-payment': await payer.pay(amount) }
    return (await fetch(`${shop.url}/v1/completions`, { ...ask(), headers })).status
  }
  expect(await buy(unit)).toBe(200)
  return {
    ...payer,
    book: () => store.transact(channelId, (ledger) => ({ ledger, result: ledger })),
    buy,
    chain: () => getChannel(client, { channelId, channels }),
    close: () => shop.provider.close(channelId),
    line,
  }
}

test('behavior: a closing whose answer is lost is not taken for one that failed', async () => {
  const { book, buy, chain, close, line } = await buyAtCarols()
  const spent = (await book())?.spent
  line.losses = ['after']
  await expect(close()).rejects.toMatchObject({ name: 'ChannelEndingError' })
  expect(await chain()).toMatchObject({ closed: true, settled: spent })
  expect(await book()).toMatchObject({ settled: spent, status: 'closed' })
  expect(await buy(2n * unit)).toBe(402)
  await expect(close()).rejects.toMatchObject({ name: 'ChannelEndingError' })
  expect(line.sent).toBe(1)
})

test('behavior: a closing that may be on its way is served no more, and sent again by the next one', async () => {
  const { book, buy, chain, close, line } = await buyAtCarols()
  line.losses = ['before']
  await expect(close()).rejects.toMatchObject({ name: 'CallFailedError' })
  expect((await book())?.status).toBe('closing')
  expect(await buy(2n * unit)).toBe(402)
  const { spent } = await close()
  expect(await chain()).toMatchObject({ closed: true, settled: spent })
  expect(line.sent).toBe(1)
})

test('behavior: a closing that another process was quicker with leaves the channel ended', async () => {
  const { book, chain, channel, close } = await buyAtCarols()
  const hash = await closeChannel(clientOf(carol), { capture: 0n, channel, channels, cumulativeAmount: 0n })
  await client.waitForTransactionReceipt({ hash })
  await expect(close()).rejects.toMatchObject({ name: 'ChannelEndingError' })
  expect((await chain()).closed).toBe(true)
  expect((await book())?.status).toBe('closed')
})
