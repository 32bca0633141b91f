import fc from 'fast-check'
import type { Hex } from 'viem'
import { afterAll, expect, test } from 'vitest'
import { bob, carol, clientOf, deployment, isolate, keys } from '~test/anvil.js'
import { ask, hireBob, openShop } from '~test/market.js'

import { createMemoryArchive } from '../archive/createMemoryArchive.js'
import { createBookkeeper } from '../books/createBookkeeper.js'
import { priceUsage } from '../price/priceUsage.js'
import { BillExceedsUsageError } from '../receipt/errors.js'
import { emptyReceipt } from '../receipt/receipt.js'
import { signReceipt } from '../receipt/signReceipt.js'
import { loadEngine } from '../signature/loadEngine.js'
import { privateKeyToSigner } from '../signature/privateKeyToSigner.js'
import type { ProviderAccount } from './account.js'
import { checkBill, type Evidence } from './checkBill.js'
import { createContext } from './createContext.js'
import { createLanes } from './lanes.js'

const shop = await openShop()
afterAll(() => shop.close())
isolate()

const engine = await loadEngine()
const signer = privateKeyToSigner(keys.carol, { engine })
const { aiToken: token, paymentChannels: channels } = deployment
const context = createContext({ budget: { session: 10n ** 30n }, channels, client: clientOf(bob), token })
const domain = { chainId: context.client.chain.id, channels }
const zero: Hex = `0x${'00'.repeat(32)}`
const quote = {
  ...domain,
  models: [{ id: 'm', maxOutputTokens: 1_000_000 }],
  payee: carol.address,
  priceTable: { models: [], payee: carol.address, token, validUntil: 2n ** 40n },
  priceTableSignature: `0x${'11'.repeat(65)}` as const,
  receiptSigner: carol.address,
  safetyMargin: 0n,
  streamWindow: 64,
  token: { address: token, decimals: 18, symbol: 'AIT' },
}

/** Bob's dealings with Carol, with one request of an open bill. */
function deal(signed: bigint): ProviderAccount {
  const channel = {
    authorizedSigner: carol.address,
    payee: carol.address,
    payer: bob.address,
    salt: zero,
    token,
  }
  return {
    accounted: 0n,
    agreed: new Map(),
    allotments: new Set([{ amount: signed, lost: false, most: signed }]),
    books: createBookkeeper(createMemoryArchive(), 'books|1'),
    deciding: new Map(),
    disputed: 0n,
    introduced: true,
    lanes: createLanes(0n),
    origin: 'https://carol.example',
    quote,
    receipts: new Map(),
    record: {
      billed: 0n,
      channel,
      channelId: zero,
      deposit: signed,
      holder: 'h',
      name: 'n',
      openedAt: 1,
      origin: 'https://carol.example',
      session: 's',
      signed,
      status: 'open',
    },
    silences: 0,
    stopped: undefined,
    unanswered: 0n,
    tables: new Set(),
    turn: undefined,
  }
}

const amount = fc.bigInt({ max: 10n ** 24n, min: 0n })
const usages = fc
  .record({ cached: fc.nat(100), input: fc.nat(5_000), output: fc.nat(5_000), reasoning: fc.nat(100) })
  .map(({ cached, input, output, reasoning }) => ({
    cachedInput: Math.floor((input * cached) / 100),
    input,
    output,
    reasoning: Math.floor((output * reasoning) / 100),
  }))
const bills = fc.record({
  price: fc.record({
    cachedInput: amount,
    input: amount,
    output: amount,
    reasoning: amount,
    request: amount,
  }),
  usage: usages,
})

type Bill = typeof bills extends fc.Arbitrary<infer bill> ? bill : never

/** Presents a bill for a usage whose bytes prove it exactly. */
async function present({ price, usage }: Bill, extra: bigint, changes: Partial<Evidence> = {}) {
  const model = { model: 'm', ...price }
  const cost = priceUsage(model, usage)
  const evidence: Evidence = {
    bodyBytes: usage.input,
    hiddenTokens: 0,
    maxOutput: usage.output,
    modelHash: zero,
    price: model,
    priceTableHash: zero,
    quote,
    requestHash: zero,
    responseHash: zero,
    textBytes: usage.output,
    ...changes,
  }
  const receipt = {
    ...emptyReceipt(),
    cachedInputTokens: usage.cachedInput,
    cost: cost + extra,
    cumulative: cost + extra,
    inputTokens: usage.input,
    outputTokens: usage.output,
    reasoningTokens: usage.reasoning,
    sequence: 1n,
  }
  const signed = { receipt, signature: await signReceipt(signer, { ...domain, receipt }) }
  return () => checkBill(context, deal(cost + 10n), signed, evidence)
}

test('property: accepts the honest bill for any usage and prices, and refuses one unit more', async () => {
  const property = fc.asyncProperty(bills, async (bill) => {
    expect((await present(bill, 0n))()).toBe('new')
    const greedy = await present(bill, 1n)
    let error: unknown
    try {
      greedy()
    } catch (reason) {
      error = reason
    }
    expect(error).toBeInstanceOf(BillExceedsUsageError)
    expect(error).toMatchObject({ difference: 1n })
  })
  await fc.assert(property, { numRuns: 60 })
})

test('property: more tokens than bytes, or than the consumer counts, are not paid', async () => {
  const property = fc.asyncProperty(bills, async (bill) => {
    const { price, usage } = bill
    fc.pre(usage.output > 0 && usage.reasoning < usage.output && price.output > 1_000_000n)
    const fewer = usage.output - 1
    for (const changes of [{ textBytes: fewer }, { maxOutput: fewer }, { textTokens: fewer }])
      expect(await present(bill, 0n, changes)).toThrow(BillExceedsUsageError)
    expect((await present(bill, 0n, { textTokens: usage.output }))()).toBe('new')
  })
  await fc.assert(property, { numRuns: 30 })
})

test.each([false, true])('behavior: a tokenizer tightens the bound, streaming %s', async (stream) => {
  const seen: [string, string][] = []
  const counting = (tokens: number) => (text: string, model: string) => {
    seen.push([text, model])
    return tokens
  }
  const buy = async (tokens: number) => {
    const consumer = await hireBob({ countTokens: counting(tokens) })
    return (await consumer.fetch(`${shop.url}/v1/completions`, ask({ stream }))).text()
  }
  const body = await buy(40)
  const text = stream
    ? [...body.matchAll(/^data: (\{.*)$/gm)].map(([, json = '']) => JSON.parse(json).choices[0].text).join('')
    : JSON.parse(body).choices[0].text
  expect(seen).toEqual([[text, 'shakespeare']])
  await expect(buy(10)).rejects.toBeInstanceOf(BillExceedsUsageError)
})
