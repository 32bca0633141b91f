import { getBalance } from '@aitoken/core'
import OpenAI from 'openai'
import { afterAll, expect, test } from 'vitest'
import { bob, carol, client, deployment, isolate } from '~test/anvil.js'
import { ask, budget, hireBob, openShop, prices } from '~test/market.js'

import { getChannel } from '../channel/getChannel.js'
import { priceUsage } from '../price/priceUsage.js'
import { verifyReceipt } from '../receipt/verifyReceipt.js'

const shop = await openShop()
afterAll(() => shop.close())
isolate()

const { aiToken: token, paymentChannels: channels } = deployment
const balanceOf = (account: typeof bob) => getBalance(client, { account: account.address, token })

test('default', async () => {
  const consumer = await hireBob()
  const before = { bob: await balanceOf(bob), carol: await balanceOf(carol) }

  const response = await consumer.fetch(`${shop.url}/v1/completions`, ask())

  expect(response.status).toBe(200)
  const { choices, usage } = await response.json()
  expect(choices[0].text.length).toBeGreaterThan(20)
  const price = { cachedInput: prices.input, model: 'shakespeare', reasoning: prices.output, ...prices }
  const cost = priceUsage(price, {
    cachedInput: 0,
    input: usage.prompt_tokens,
    output: usage.completion_tokens,
    reasoning: 0,
  })
  expect(consumer.spent()).toBe(cost)

  const { spent } = await consumer.close(shop.url)
  expect(spent).toBe(cost)
  expect(await balanceOf(carol)).toBe(before.carol + cost)
  expect(await balanceOf(bob)).toBe(before.bob - cost)
})

test('behavior: streams to an unmodified OpenAI client', async () => {
  const consumer = await hireBob()
  const openai = new OpenAI({
    apiKey: 'sk-none',
    baseURL: `${shop.url}/v1`,
    fetch: consumer.fetch,
    maxRetries: 0,
  })
  const before = await balanceOf(carol)

  const stream = await openai.chat.completions.create({
    max_tokens: 200,
    messages: [{ content: 'To be, or not to be', role: 'user' }],
    model: 'shakespeare',
    seed: 7,
    stream: true,
    stream_options: { include_usage: true },
  })
  let text = ''
  let usage: OpenAI.CompletionUsage | null | undefined
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta.content ?? ''
    usage = chunk.usage ?? usage
  }

  expect(text.length).toBeGreaterThan(200)
  const [signed] = consumer.receipts()
  expect(signed?.receipt.outputTokens).toBe(usage?.completion_tokens)
  expect(consumer.spent()).toBe(signed?.receipt.cost)

  const { spent } = await consumer.close(shop.url)
  expect(await balanceOf(carol)).toBe(before + spent)
})

test('behavior: the same text as without payment, and no payment talk', async () => {
  const consumer = await hireBob()
  const request = ask({ max_tokens: 150, stream: true })
  const paid = await (await consumer.fetch(`${shop.url}/v1/completions`, request)).text()
  expect(paid).toContain('data: [DONE]')
  expect(paid).not.toContain(': ait')
  expect(paid).not.toContain('"choices":[]')
})

test('behavior: a third party verifies the receipt', async () => {
  const consumer = await hireBob()
  const request = ask()
  const response = await consumer.fetch(`${shop.url}/v1/completions`, request)
  const responseBody = new Uint8Array(await response.arrayBuffer())
  const [signed] = consumer.receipts()
  if (!signed) return expect.unreachable()
  const price = (await consumer.quote(shop.url)).priceTable.models[0]
  await verifyReceipt({
    chainId: client.chain.id,
    channels,
    ...signed,
    price,
    requestBody: new TextEncoder().encode(String(request.body)),
    responseBody,
    signer: carol.address,
  })
})

test('behavior: 20 requests run in parallel on one channel', async () => {
  const consumer = await hireBob()
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      consumer.fetch(`${shop.url}/v1/completions`, ask({ seed: index, stream: index % 2 === 0 })),
    ),
  )
  const texts = await Promise.all(answers.map((answer) => answer.text()))
  expect(texts.every((text) => text.length > 50)).toBe(true)
  expect(consumer.receipts()).toHaveLength(20)
  const { channelId } = await consumer.channel(shop.url)
  const { spent } = await consumer.close(shop.url)
  const total = consumer.receipts().reduce((sum, { receipt }) => sum + receipt.cost, 0n)
  expect(spent).toBe(total)
  expect((await getChannel(client, { channelId, channels })).settled).toBe(total)
})

test('behavior: opens with one transaction and pays without any', async () => {
  const consumer = await hireBob()
  const nonce = () => client.getTransactionCount({ address: bob.address })
  const before = await nonce()
  for (let index = 0; index < 3; index++)
    await (await consumer.fetch(`${shop.url}/v1/completions`, ask({ seed: index }))).text()
  expect((await nonce()) - before).toBe(1)
  const { deposit } = await consumer.channel(shop.url)
  expect(deposit).toBe(budget.session)
})

test('behavior: passes on what is not paid for', async () => {
  const consumer = await hireBob()
  const response = await consumer.fetch(`${shop.url}/v1/models`)
  expect((await response.json()).data[0].id).toBe('shakespeare')
  expect(consumer.spent()).toBe(0n)
})
