import { afterAll, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { ask, hireBob, listen, openShop } from '~test/market.js'

import { createMemoryArchive } from '../archive/createMemoryArchive.js'
import { ReceiptConflictError } from '../receipt/errors.js'
import type { Lane } from './lanes.js'

isolate()
const opened: { close(): Promise<unknown> }[] = []
const open = async () => {
  const shop = await openShop()
  opened.push(shop)
  return shop
}
let serving = await open()
const front = await listen((request) => serving.provider.fetch(request))
afterAll(() => Promise.all([front, ...opened].map((server) => server.close())))

test.each<Lane>(['voucher', 'hash-chain', 'session'])(
  'behavior: who bought from a provider that lost its books is told so, and goes on over another channel, paid by %s',
  async (lane) => {
    const store = createMemoryArchive()
    const consumer = await hireBob({ lane, store })
    const buy = async () => (await consumer.fetch(`${front.url}/v1/completions`, ask())).text()
    await buy()
    await serving.provider.settle()
    await buy()
    await buy()
    const { channelId } = await consumer.channel(front.url)
    const known = consumer.spent()

    // Carol bought a new disk.
    serving = await open()
    expect(await serving.provider.recover()).toMatchObject({ created: 1 })
    const error = await buy().then(
      () => expect.unreachable(),
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(ReceiptConflictError)
    if (!(error instanceof ReceiptConflictError)) return
    expect(error.hints.join(' ')).toMatch(/lost its books.*close/s)
    await expect(buy()).rejects.toBeInstanceOf(ReceiptConflictError)

    const { disputed, spent } = await consumer.close(front.url)
    expect(disputed).toBe(0n)
    // What the provider forgot is not paid.
    expect(spent).toBeLessThan(known)
    await buy()
    expect((await consumer.channel(front.url)).channelId).not.toBe(channelId)
    expect(await consumer.close(front.url)).toMatchObject({ disputed: 0n })
  },
)
