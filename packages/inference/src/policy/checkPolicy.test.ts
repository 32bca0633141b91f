import { afterAll, beforeEach, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { ask, hireBob, openShop, prices, shakespeare } from '~test/market.js'

import { PolicyUnavailableError, RequestForbiddenError } from './errors.js'
import type { RequestPolicy } from './requestPolicy.js'

const policyHash = `0x${'ab'.repeat(32)}` as const
const strict = (rule: string): RequestPolicy => ({
  decide: ({ body, model }) =>
    JSON.stringify(body).includes('poison')
      ? { allow: false, policyHash, reason: `${model} must not speak of it`, rule }
      : { allow: true, policyHash },
})

/** What the DAO decided last. */
let decided: RequestPolicy
let asked = 0
const model = await shakespeare()
const shop = await openShop({
  policy: {
    capPrice: (price) => decided.capPrice?.(price) ?? price,
    decide: (request) => decided.decide(request),
    headers: () => decided.headers?.() ?? {},
  },
  upstream: {
    fetch(url, init) {
      asked++
      return model.fetch(url, init)
    },
  },
})
afterAll(() => shop.close())
isolate()
beforeEach(() => {
  decided = strict('poisons')
  asked = 0
})

const url = `${shop.url}/v1/completions`
const evil = ask({ prompt: 'JULIET: what poison' })

test('default', async () => {
  const bob = await hireBob()
  await (await bob.fetch(url, ask())).text()
  await (await bob.fetch(url, ask({ stream: true }))).text()
  expect(bob.receipts().map(({ receipt }) => receipt.policyHash)).toEqual([policyHash, policyHash])
})

test.each([false, true])(
  'error: RequestForbiddenError, streaming %s, before it costs anything',
  async (stream) => {
    const bob = await hireBob()
    await (await bob.fetch(url, ask())).text()
    const [spent, { billed, signed }] = [bob.spent(), await bob.channel(shop.url)]
    asked = 0
    const refused = bob.fetch(url, ask({ prompt: 'JULIET: what poison', stream }))
    await expect(refused).rejects.toMatchObject({
      name: 'RequestForbiddenError',
      policyHash,
      reason: 'shakespeare must not speak of it',
      rule: 'poisons',
    })
    expect(asked).toBe(0)
    expect(bob.spent()).toBe(spent)
    expect(await bob.channel(shop.url)).toMatchObject({ billed })
    // What was signed for the refused request pays for the next one.
    const { signed: held } = await bob.channel(shop.url)
    await (await bob.fetch(url, ask())).text()
    expect((await bob.channel(shop.url)).signed - held).toBeLessThanOrEqual(bob.spent() - spent)
    expect(held).toBeGreaterThanOrEqual(signed)
  },
)

test('behavior: a decision is live at the next request, without a restart', async () => {
  const bob = await hireBob()
  await expect(bob.fetch(url, evil)).rejects.toBeInstanceOf(RequestForbiddenError)
  decided = { decide: () => ({ allow: true, policyHash: `0x${'cd'.repeat(32)}` }) }
  expect((await bob.fetch(url, evil)).status).toBe(200)
  decided = strict('poisons')
  await expect(bob.fetch(url, evil)).rejects.toBeInstanceOf(RequestForbiddenError)
})

test('behavior: a cap lowers the price of the same process, and ends with it', async () => {
  const bob = await hireBob()
  const buy = async () => {
    const before = bob.spent()
    await (await bob.fetch(url, ask())).text()
    const { receipt } = bob.receipts().at(-1) ?? expect.unreachable()
    expect(receipt.cost).toBe(bob.spent() - before)
    return receipt.cost
  }
  const full = await buy()
  const allow = strict('poisons')
  decided = { ...allow, capPrice: (price) => ({ ...price, input: 0n, output: price.output / 2n }) }
  const { priceTable } = await shop.provider.quote()
  expect(priceTable.models[0]).toMatchObject({
    input: 0n,
    output: prices.output / 2n,
    request: prices.request,
  })
  expect(await buy()).toBe(prices.request + (40n * prices.output) / 2_000_000n)
  decided = allow
  expect(await buy()).toBe(full)
})

test('behavior: a cap above the price raises nothing', async () => {
  decided = { ...strict('poisons'), capPrice: (price) => ({ ...price, output: price.output * 9n }) }
  const { priceTable } = await shop.provider.quote()
  expect(priceTable.models[0]?.output).toBe(prices.output)
})

test('behavior: what the policy discloses is in every paid answer, also in one given again', async () => {
  decided = { ...strict('poisons'), headers: () => ({ 'ai-disclosure': 'machine-made' }) }
  const bob = await hireBob()
  for (const stream of [false, true]) {
    const { headers, ...init } = ask({ stream })
    const keyed = { ...init, headers: { ...headers, 'idempotency-key': `disclosed-${stream}` } }
    for (const _ of ['fresh', 'again']) {
      const response = await bob.fetch(url, keyed)
      await response.text()
      expect(response.headers.get('ai-disclosure')).toBe('machine-made')
    }
  }
})

test('error: PolicyUnavailableError when the policy cannot decide, and nothing is charged', async () => {
  const bob = await hireBob({ retries: 0 })
  await (await bob.fetch(url, ask())).text()
  const spent = bob.spent()
  asked = 0
  for (const broken of [
    () => Promise.reject(new RangeError('The node is away')),
    () => ({ allow: true as const, policyHash: '0x' as const }),
  ]) {
    decided = { decide: broken }
    await expect(bob.fetch(url, ask())).rejects.toBeInstanceOf(PolicyUnavailableError)
  }
  decided = {
    ...strict('poisons'),
    capPrice() {
      throw new RangeError('The node is away')
    },
  }
  await expect(bob.fetch(url, ask())).rejects.toBeInstanceOf(PolicyUnavailableError)
  expect({ asked, spent: bob.spent() }).toEqual({ asked: 0, spent })
  decided = strict('poisons')
  expect((await bob.fetch(url, ask())).status).toBe(200)
})
