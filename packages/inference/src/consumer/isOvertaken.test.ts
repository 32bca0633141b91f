import type { AitokenError } from '@aitoken/core'
import { GrantUnknownError, StreamLinkError, StreamReplayedError } from '@aitoken/inference'
import { afterAll, expect, test } from 'vitest'
import { isolate } from '~test/anvil.js'
import { deferred } from '~test/deferred.js'
import { ask, hireBob, openShop } from '~test/market.js'

import { decodePayment } from '../wire/paymentHeader.js'
import { encodeProblem } from '../wire/problemDocument.js'
import type { Fetch } from './context.js'

const shop = await openShop()
afterAll(() => shop.close())
isolate()

const refuse = (problem: AitokenError) => {
  const { body, status } = encodeProblem(problem)
  return new Response(body, { headers: { 'content-type': 'application/problem+json' }, status })
}

const unknown = { channelId: `0x${'00'.repeat(32)}`, keyId: '0x0011223344556677' } as const

test.each([
  [
    'a chain',
    'hash-chain',
    () => [
      new StreamLinkError({ reason: 'the root is another', steps: 1 }),
      new StreamReplayedError({ revealed: 9, steps: 1 }),
    ],
  ],
  ['a session', 'session', () => [new GrantUnknownError(unknown), new GrantUnknownError(unknown)]],
] as const)(
  'behavior: who was refused with %s that another request left meanwhile pays by another lane',
  async (_, lane, problems) => {
    const refusals: AitokenError[] = []
    const both = deferred<void>()
    const kinds: string[] = []
    const detour: Fetch = async (input, init) => {
      if (!`${input}`.endsWith('completions')) return fetch(input, init)
      const payment = decodePayment(new Headers(init?.headers).get('ai-payment') ?? '')
      kinds.push('link' in payment ? 'link' : 'code' in payment ? 'code' : 'voucher')
      const refusal = refusals.pop()
      if (!refusal) return fetch(input, init)
      // Both are refused at once, so the second hears of it when the first has left already.
      if (refusals.length === 0) both.resolve()
      await both.promise
      return refuse(refusal)
    }
    const consumer = await hireBob({ fetch: detour, lane })
    const buy = async () => (await consumer.fetch(`${shop.url}/v1/completions`, ask())).status
    for (let index = 0; index < 3; index++) expect(await buy()).toBe(200)
    expect(kinds.at(-1)).toBe(lane === 'session' ? 'code' : 'link')
    refusals.push(...problems().reverse())
    expect(await Promise.all([buy(), buy()])).toEqual([200, 200])
    expect(refusals).toEqual([])
    expect(await consumer.close(shop.url)).toMatchObject({ disputed: 0n })
  },
)
