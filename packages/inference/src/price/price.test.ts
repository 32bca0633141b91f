import fc from 'fast-check'
import { hashTypedData, toHex } from 'viem'
import { expect, test } from 'vitest'
import { carol, mallory } from '~test/accounts.js'

import { boundCost, boundOutput } from './boundCost.js'
import {
  PriceInvalidError,
  PriceTableExpiredError,
  PriceTableSignerError,
  UsageInvalidError,
} from './errors.js'
import { hashPriceTable } from './hashPriceTable.js'
import { type ModelPrice, type PriceTable, toPriceTableTypedData } from './priceTable.js'
import { priceUsage } from './priceUsage.js'
import { signPriceTable } from './signPriceTable.js'
import { verifyPriceTable } from './verifyPriceTable.js'

const amount = fc.bigInt({ max: 2n ** 128n - 1n, min: 0n })
const prices: fc.Arbitrary<ModelPrice> = fc.record({
  cachedInput: amount,
  input: amount,
  model: fc.string(),
  output: amount,
  reasoning: amount,
  request: amount,
})
const usages = fc
  .record({ cachedInput: fc.nat(), input: fc.nat(), output: fc.nat(), reasoning: fc.nat() })
  .map(({ cachedInput, input, output, reasoning }) => ({
    cachedInput,
    input: input + cachedInput,
    output: output + reasoning,
    reasoning,
  }))

test('default', () => {
  const price = { cachedInput: 1n, input: 2n, model: 'm', output: 6n, reasoning: 8n, request: 5n }
  // 2·800,000 + 1·200,000 + 6·100,000 + 8·50,001 is 2,800,008 millionths: rounded up once.
  const usage = { cachedInput: 200_000, input: 1_000_000, output: 150_001, reasoning: 50_001 }
  expect(priceUsage(price, usage)).toBe(5n + 3n)
})

test('property: no usage within the bounds costs more than the bound', () => {
  fc.assert(
    fc.property(prices, usages, fc.nat(), fc.nat(), (price, usage, moreInput, moreOutput) => {
      const bound = boundCost(price, {
        bodyBytes: usage.input + moreInput,
        outputTokens: usage.output + moreOutput,
      })
      expect(priceUsage(price, usage)).toBeLessThanOrEqual(bound)
    }),
  )
})

test('property: costs are rounded up by less than one unit', () => {
  fc.assert(
    fc.property(prices, usages, (price, usage) => {
      const { cachedInput, input, output, reasoning } = usage
      const millionths =
        BigInt(input - cachedInput) * price.input +
        BigInt(cachedInput) * price.cachedInput +
        BigInt(output - reasoning) * price.output +
        BigInt(reasoning) * price.reasoning
      const over = (priceUsage(price, usage) - price.request) * 1_000_000n - millionths
      expect(over).toBeGreaterThanOrEqual(0n)
      expect(over).toBeLessThan(1_000_000n)
    }),
  )
})

test('behavior: bounds output by what was asked for and what the model gives', () => {
  expect(boundOutput({}, 100)).toBe(100)
  expect(boundOutput({ max_tokens: 10 }, 100)).toBe(10)
  expect(boundOutput({ max_tokens: 1_000 }, 100)).toBe(100)
  expect(boundOutput({ max_completion_tokens: 20, max_tokens: 10, n: 3 }, 100)).toBe(60)
  expect(boundOutput({ best_of: 4, max_tokens: 10, n: 2 }, 100)).toBe(40)
  expect(boundOutput({ max_tokens: 10, prompt: 'To be' }, 100)).toBe(10)
  expect(boundOutput({ max_tokens: 10, prompt: ['a', 'b', 'c'] }, 100)).toBe(30)
  expect(boundOutput({ max_tokens: 10, n: 2, prompt: [[1, 2], [3]] }, 100)).toBe(40)
  expect(boundOutput({ max_tokens: 10, prompt: [1, 2, 3] }, 100)).toBe(10)
  expect(boundOutput({ max_tokens: 10, prompt: [] }, 100)).toBe(10)
})

test('error: UsageInvalidError', () => {
  const [price] = fc.sample(prices, 1)
  if (!price) return expect.unreachable()
  const usage = { cachedInput: 0, input: 1, output: 1, reasoning: 0 }
  const wrong = [{ input: -1 }, { output: 0.5 }, { cachedInput: 2 }, { reasoning: 2 }, { input: Number.NaN }]
  for (const change of wrong)
    expect(() => priceUsage(price, { ...usage, ...change })).toThrow(UsageInvalidError)
})

const domain = { chainId: 31_337, channels: '0x5FbDB2315678afecb367f032d93F642f64180aa3' } as const
const table: PriceTable = {
  models: [{ cachedInput: 1n, input: 2n, model: 'shakespeare', output: 3n, reasoning: 4n, request: 5n }],
  payee: carol.address,
  token: '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512',
  validUntil: 1_800_000_000n,
}
const now = 1_700_000_000n

test('property: what was signed verifies, and any altered field does not', async () => {
  const signature = await signPriceTable(carol, { ...domain, table })
  const verify = (changes: Partial<verifyPriceTable.Parameters>) =>
    verifyPriceTable({ ...domain, now, signature, signer: carol.address, table, ...changes })
  await verify({})
  const [price] = table.models
  if (!price) return expect.unreachable()
  const altered: Partial<verifyPriceTable.Parameters>[] = [
    { chainId: 1 },
    { channels: mallory.address },
    { signer: mallory.address },
    { signature: `0x${'11'.repeat(65)}` },
    { signature: '0x' },
    { table: { ...table, payee: mallory.address } },
    { table: { ...table, token: mallory.address } },
    { table: { ...table, validUntil: table.validUntil + 1n } },
    { table: { ...table, models: [] } },
    { table: { ...table, models: [price, price] } },
  ]
  for (const field of ['cachedInput', 'input', 'output', 'reasoning', 'request'] as const)
    altered.push({ table: { ...table, models: [{ ...price, [field]: price[field] + 1n }] } })
  altered.push({ table: { ...table, models: [{ ...price, model: 'hamlet' }] } })
  for (const changes of altered) await expect(verify(changes)).rejects.toBeInstanceOf(PriceTableSignerError)
})

test('error: PriceTableExpiredError', async () => {
  const signature = await signPriceTable(carol, { ...domain, table })
  const late = verifyPriceTable({
    ...domain,
    now: table.validUntil + 1n,
    signature,
    signer: carol.address,
    table,
  })
  await expect(late).rejects.toBeInstanceOf(PriceTableExpiredError)
})

test('property: hashes as viem does', () => {
  const address = fc.uint8Array({ maxLength: 20, minLength: 20 }).map((bytes) => toHex(bytes))
  const tables = fc.record({
    models: fc.array(prices, { maxLength: 4 }),
    payee: address,
    token: address,
    validUntil: fc.bigInt({ max: 2n ** 64n - 1n, min: 0n }),
  })
  fc.assert(
    fc.property(tables, address, fc.nat(), (value, channels, chainId) => {
      const parameters = { chainId, channels, table: value }
      expect(hashPriceTable(parameters)).toBe(hashTypedData(toPriceTableTypedData(parameters)))
    }),
  )
})

test('error: PriceInvalidError', () => {
  const [price] = table.models
  if (!price) return expect.unreachable()
  for (const input of [-1n, 2n ** 128n])
    expect(() => hashPriceTable({ ...domain, table: { ...table, models: [{ ...price, input }] } })).toThrow(
      PriceInvalidError,
    )
})
