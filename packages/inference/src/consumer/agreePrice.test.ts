import { afterAll, expect, test } from 'vitest'
import { bob, carol, client, clientOf, deployment, isolate } from '~test/anvil.js'
import { ask, hireBob, listen, prices } from '~test/market.js'

import { createMemoryArchive } from '../archive/createMemoryArchive.js'
import { loadShakespeare } from '../ngram/loadShakespeare.js'
import { createNgramUpstream } from '../ngram/serveNgram.js'
import { createProvider } from '../provider/createProvider.js'
import { createMemoryStore } from '../store/createMemoryStore.js'
import type { createConsumer } from './createConsumer.js'
import { type PriceRaise, PriceRaisedError } from './quoteErrors.js'

const model = await loadShakespeare()
const store = createMemoryStore()

/** Carol, at other prices than usual; her books are always the same. */
const sellAt = (changes: Partial<typeof prices & { cachedInput: bigint }>) =>
  createProvider({
    channels: deployment.paymentChannels,
    client: clientOf(carol),
    models: ['shakespeare', 'marlowe'].map((id) => {
      const changed = id === 'shakespeare' ? { ...prices, ...changes } : prices
      const upstream = createNgramUpstream({ model, name: id })
      return { id, maxOutputTokens: 512, prices: changed, upstream }
    }),
    store,
    token: deployment.aiToken,
  })
const usual = sellAt({})
const dear = sellAt({ output: prices.output * 2n })
let open = usual
const counter = { quotes: 0 }
const shop = await listen((request) => {
  if (request.url.endsWith('aitoken.json')) counter.quotes++
  return open.fetch(request)
})
afterAll(() => shop.close())
isolate()

const buy = async (consumer: Awaited<ReturnType<typeof hireBob>>, options: Record<string, unknown> = {}) =>
  (await consumer.fetch(`${shop.url}/v1/completions`, ask(options))).text()

/** Bob, after his first request at the usual prices; then everything is dear. */
async function hireEarly(parameters: Partial<createConsumer.Parameters> = {}) {
  open = usual
  const consumer = await hireBob(parameters)
  await buy(consumer)
  open = dear
  return consumer
}

test.each([false, true])('error: PriceRaisedError, and nothing is charged, streaming %s', async (stream) => {
  const consumer = await hireEarly()
  const [spent, { signed }] = [consumer.spent(), await consumer.channel(shop.url)]
  const error = await buy(consumer, { stream }).then(
    () => expect.unreachable(),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(PriceRaisedError)
  if (!(error instanceof PriceRaisedError)) return
  expect([error.model, error.origin]).toEqual(['shakespeare', shop.url])
  expect([error.agreed.output, error.offered.output]).toEqual([prices.output, prices.output * 2n])
  expect(error.shortMessage).toContain(`output from ${prices.output} to ${prices.output * 2n}`)
  // The first attempt was at the old prices, which the provider refused.
  expect(consumer.spent()).toBe(spent)
  // What was not touched is sold on, and so is all when the prices are the old ones again.
  await buy(consumer, { model: 'marlowe' })
  await expect(buy(consumer)).rejects.toBeInstanceOf(PriceRaisedError)
  open = usual
  await buy(consumer, { stream })
  const { disputed } = await consumer.close(shop.url)
  expect(disputed).toBe(0n)
  expect(signed).toBeGreaterThan(0n)
})

test('behavior: what was agreed holds after a restart, and for the next channel', async () => {
  const archive = createMemoryArchive()
  await hireEarly({ store: archive })
  const heir = await hireBob({ store: archive })
  await expect(buy(heir)).rejects.toBeInstanceOf(PriceRaisedError)
  expect(heir.spent()).toBe(0n)
  await heir.close(shop.url)
  const nonce = () => client.getTransactionCount({ address: bob.address })
  const before = await nonce()
  await expect(buy(heir)).rejects.toBeInstanceOf(PriceRaisedError)
  // No channel is opened for what is refused anyway.
  expect(await nonce()).toBe(before)
  open = usual
  await buy(heir)
  await heir.close(shop.url)
})

test('behavior: lower prices are taken, and what was agreed first is no raise afterwards', async () => {
  const consumer = await hireEarly()
  open = sellAt({ output: prices.output / 2n })
  await buy(consumer)
  open = usual
  await buy(consumer)
  // Cheaper on the whole is still dearer in a part.
  open = sellAt({ cachedInput: prices.input + 1n, input: prices.input + 1n, output: 1n })
  await expect(buy(consumer)).rejects.toBeInstanceOf(PriceRaisedError)
  open = usual
  await consumer.close(shop.url)
})

test('behavior: whoever pays is asked once about a raise, and what is taken holds', async () => {
  const asked: PriceRaise[] = []
  const archive = createMemoryArchive()
  const consumer = await hireEarly({
    acceptPrices: async (raise) => {
      asked.push(raise)
      return raise.offered.output <= prices.output * 2n
    },
    store: archive,
  })
  await Promise.all(Array.from({ length: 8 }, () => buy(consumer)))
  expect(asked).toMatchObject([{ agreed: { output: prices.output }, model: 'shakespeare', origin: shop.url }])
  const heir = await hireBob({ store: archive })
  await buy(heir)
  open = sellAt({ output: prices.output * 3n })
  await expect(buy(heir)).rejects.toBeInstanceOf(PriceRaisedError)
  open = dear
  expect(await heir.close(shop.url)).toMatchObject({ disputed: 0n })
})

test('behavior: prices that no budget covers are not agreed to', async () => {
  open = dear
  const parameters = {
    budget: { request: 50_000_000n, session: 10n ** 18n },
    store: createMemoryArchive(),
  }
  const early = await hireBob(parameters)
  await expect(buy(early)).rejects.toMatchObject({ name: 'BudgetExceededError' })
  open = usual
  const consumer = await hireBob(parameters)
  await buy(consumer)
  open = dear
  await expect(buy(consumer, { max_tokens: 1 })).rejects.toBeInstanceOf(PriceRaisedError)
  open = usual
  await consumer.close(shop.url)
})
