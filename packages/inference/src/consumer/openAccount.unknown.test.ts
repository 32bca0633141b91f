import { afterAll, expect, test } from 'vitest'
import { bob, isolate } from '~test/anvil.js'
import { ask, hireBob, openShop } from '~test/market.js'
import { unreliableClientOf } from '~test/unreliable.js'

const shop = await openShop()
afterAll(() => shop.close())
isolate()

const completions = `${shop.url}/v1/completions`

test('behavior: an opening that the node has, though it never said so, is used', async () => {
  const { client, line } = unreliableClientOf(bob)
  const consumer = await hireBob({ client })
  line.losses = ['after']
  expect((await consumer.fetch(completions, ask())).status).toBe(200)
  expect(line.sent).toBe(1)
})

test('behavior: an opening that never reached the node is sent again, for the same channel', async () => {
  const { client, line } = unreliableClientOf(bob)
  const consumer = await hireBob({ client })
  line.losses = ['before']
  await expect(consumer.fetch(completions, ask())).rejects.toMatchObject({ name: 'CallFailedError' })
  expect((await consumer.fetch(completions, ask())).status).toBe(200)
  expect(line.sent).toBe(1)
})
