import { AitokenError } from '@aitoken/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { VoucherLoweredError } from '../ledger/errors.js'
import { journalProblems } from './journalProblems.js'
import { laneProblems } from './laneProblems.js'
import { paymentProblems } from './paymentProblems.js'
import { policyProblems } from './policyProblems.js'
import type { Problem } from './problem.js'
import { decodeProblem, encodeProblem } from './problemDocument.js'
import { ProviderFailedError } from './serviceErrors.js'
import { serviceProblems } from './serviceProblems.js'

const rows = Object.entries<Problem>({
  ...paymentProblems,
  ...serviceProblems,
  ...laneProblems,
  ...journalProblems,
  ...policyProblems,
})

test('default', () => {
  const error = new VoucherLoweredError({ authorized: 5n, cumulativeAmount: 3n })
  const { body, status } = encodeProblem(error)
  expect(status).toBe(402)
  expect(JSON.parse(body)).toMatchObject({
    authorized: '5',
    cumulativeAmount: '3',
    detail: error.shortMessage,
    hint: error.hints[0],
    status: 402,
    title: 'Voucher lowered',
    type: 'https://aitoken.dev/problems/voucher-lowered',
  })
  expect(decodeProblem(JSON.parse(body))).toEqual(error)
})

test.each(rows)('behavior: %s arrives as the same class with the same message', (name, problem) => {
  const values = {
    amount: '7',
    authorized: '5',
    available: '1',
    channelId: `0x${'11'.repeat(32)}`,
    channelStatus: 'closed',
    cumulativeAmount: '3',
    expected: `0x${'22'.repeat(20)}`,
    limit: problem.type === 'body-too-large' ? 9 : '9',
    loss: 'cut',
    model: 'oracle',
    models: ['a', 'b'],
    needed: '2',
    policyHash: `0x${'44'.repeat(32)}`,
    priceTag: '0x1122334455667788',
    reason: 'the provider cannot read it',
    recovered: `0x${'33'.repeat(20)}`,
    requests: 2,
    retryAfter: 2,
    rule: 'models',
    required: '8',
    spent: '4',
    timeout: 100,
  }
  const error = problem.read(values)
  expect(error.name).toBe(name)
  const { body, status } = encodeProblem(error)
  expect(status).toBe(problem.status)
  const read = decodeProblem(JSON.parse(body))
  expect(read).toBeInstanceOf(error.constructor)
  expect(read?.message).toBe(error.message)
})

test('behavior: an error that is not meant for the outside says nothing', () => {
  const secret = new RangeError('sk-secret at /home/carol/key.pem')
  for (const error of [
    secret,
    new AitokenError('sk-secret'),
    'sk-secret',
    undefined,
    new ProviderFailedError({ cause: secret }),
  ]) {
    const { body, status } = encodeProblem(error)
    expect(status).toBe(500)
    expect(body).not.toMatch(/secret|carol|stack/)
    expect(decodeProblem(JSON.parse(body))).toBeInstanceOf(ProviderFailedError)
  }
})

test('property: no document makes reading fail', () => {
  const types = rows.map(([, { type }]) => `https://aitoken.dev/problems/${type}`)
  const field = fc.oneof(fc.jsonValue(), fc.string())
  const names = ['authorized', 'limit', 'channelId', 'models', 'reason', 'expected', 'amount', 'required']
  const document = fc.record({
    ...Object.fromEntries(names.map((name) => [name, field])),
    type: fc.oneof(fc.constantFrom(...types), fc.string()),
  })
  fc.assert(
    fc.property(fc.oneof(document, fc.jsonValue()), (value) => {
      const error = decodeProblem(value)
      expect(error === undefined || AitokenError.is(error)).toBe(true)
    }),
    { numRuns: 1_000 },
  )
})
