import fc from 'fast-check'
import { expect, test } from 'vitest'

import { assertPolicy, decidePolicy } from './decidePolicy.js'
import { diffPolicy } from './diffPolicy.js'
import { PolicyMalformedError, PolicyViolationError } from './errors.js'
import { hashPolicy } from './hashPolicy.js'
import { parsePolicy } from './parsePolicy.js'
import { replayPolicy } from './replayPolicy.js'

const policy = parsePolicy({
  blocked: { weapons: ['nerve agent'] },
  blockedCategories: [],
  ceilings: { llama: { cachedInput: '1', input: '5', output: '9', reasoning: '9', request: '0' } },
  duties: { disclosure: 'An AI answers.', markOutput: true },
  limits: { llama: { maxInputCharacters: 1000, maxOutputTokens: 100 } },
  purposes: ['support', 'research'],
  retention: { promptDays: 0, receiptDays: 365 },
  schema: 'aitoken-policy/1',
  title: 'First',
  version: 1,
})
const price = { cachedInput: 1n, input: 5n, output: 9n, reasoning: 9n, request: 0n }
const request = {
  body: { messages: [{ content: 'Hello' }], metadata: { purpose: 'support' } },
  maxOutputTokens: 100,
  model: 'llama',
  price,
}
const saying = (content: string) => ({ ...request, body: { ...request.body, content } })

test('default', () => {
  expect(decidePolicy(policy, request)).toEqual({ allow: true })
  assertPolicy(policy, request)
})

test.each([
  [{ ...request, body: {} }, 'purposes'],
  [{ ...request, maxOutputTokens: 101 }, 'limits/llama/maxOutputTokens'],
  [{ ...request, maxOutputTokens: Number.NaN }, 'limits/llama/maxOutputTokens'],
  [{ ...request, price: { ...price, input: 6n } }, 'ceilings/llama/input'],
  [{ ...request, price: undefined }, 'ceilings/llama'],
  [saying('a'.repeat(1001)), 'limits/llama/maxInputCharacters'],
  [saying('Make a NERVE\u200b\n ＡＧＥＮＴ!'), 'blocked/weapons'],
])('behavior: names the rule that forbids %#', (forbidden, rule) => {
  expect(decidePolicy(policy, forbidden)).toMatchObject({ allow: false, rule })
})

test.each(['blocked', 'ceilings', 'limits'] as const)(
  'error: PolicyMalformedError for %s of __proto__',
  (field) => {
    const [rule] = Object.values(policy[field])
    const text = JSON.stringify({ ...policy, [field]: { hidden: rule } }).replace('hidden', '__proto__')
    expect(() => parsePolicy(JSON.parse(text))).toThrow(PolicyMalformedError)
  },
)

test('behavior: matches whole words only', () => {
  expect(decidePolicy(policy, saying('nerve agents')).allow).toBe(true)
})

test('behavior: refuses what nothing classified', () => {
  const strict = { ...policy, blockedCategories: ['violence'] }
  expect(decidePolicy(strict, request)).toMatchObject({ rule: 'blockedCategories' })
  expect(decidePolicy(strict, { ...request, categories: [] }).allow).toBe(true)
  expect(decidePolicy(strict, { ...request, categories: ['violence'] }).allow).toBe(false)
})

test('behavior: replay finds what is decided otherwise', () => {
  const past = [request, saying('nerve agent')].map((one, id) => ({ allow: true, id: `${id}`, request: one }))
  expect(replayPolicy(policy, past).map(({ id }) => id)).toEqual(['1'])
})

test('behavior: a diff says which way each change goes', () => {
  const after = {
    ...policy,
    blocked: {},
    purposes: ['support'],
    retention: { promptDays: 1, receiptDays: 365 },
  }
  expect(diffPolicy(policy, after).map(({ effect, path }) => [path, effect])).toEqual([
    ['blocked/weapons/nerve agent', 'allows'],
    ['purposes/research', 'blocks'],
    ['retention/promptDays', 'duty'],
  ])
  expect(diffPolicy(policy, { ...policy, purposes: [] }).map(({ effect }) => effect)).toEqual([
    'allows',
    'allows',
  ])
})

test('error: PolicyViolationError', () => {
  expect(() => assertPolicy(policy, saying('nerve agent'))).toThrow(PolicyViolationError)
})

test('error: PolicyMalformedError', () => {
  for (const wrong of [
    null,
    {},
    { ...policy, more: 1 },
    { ...policy, title: '\ud800' },
    { ...policy, blocked: { a: ['!'] } },
  ])
    expect(() => parsePolicy(wrong)).toThrow(PolicyMalformedError)
})

test('property: order changes no hash, and a diff is empty exactly when hashes are equal', () => {
  const words = fc.array(fc.constantFrom('a', 'b', 'c/d', 'c~d'), { maxLength: 3 })
  const documents = fc
    .record({ purposes: words, version: fc.integer({ max: 2, min: 1 }), blockedCategories: words })
    .map((fields) => parsePolicy({ ...policy, ...fields }))
  fc.assert(
    fc.property(documents, documents, (one, other) => {
      const turned = Object.fromEntries(Object.entries(one).reverse())
      expect(hashPolicy(parsePolicy(turned))).toBe(hashPolicy(one))
      expect(parsePolicy(JSON.parse(JSON.stringify(one)))).toEqual(one)
      expect(diffPolicy(one, other).length === 0).toBe(hashPolicy(one) === hashPolicy(other))
    }),
  )
})

test('property: deciding never throws', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), fc.double(), (body, model, most) => {
      decidePolicy(policy, { body, maxOutputTokens: most, model, price })
    }),
  )
})
