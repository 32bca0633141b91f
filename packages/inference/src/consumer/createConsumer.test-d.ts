import { createClient, http } from 'viem'
import { anvil } from 'viem/chains'
import { expectTypeOf, test } from 'vitest'
import { bob } from '~test/accounts.js'
import { clientOf } from '~test/anvil.js'

import type { ProviderOptionError } from '../provider/errors.js'
import { createConsumer } from './createConsumer.js'
import type { ConsumerOptionError } from './errors.js'

const client = clientOf(bob)

test('fits wherever a fetch is taken', () => {
  const consumer = createConsumer({ budget: { request: 1n, session: 2n }, client })
  expectTypeOf(consumer.fetch).toExtend<typeof globalThis.fetch>()
})

test('nothing is uncapped', () => {
  // @ts-expect-error - no budget
  createConsumer({ client })
  // @ts-expect-error - no budget for the session
  createConsumer({ budget: { request: 1n }, client })
})

test('rejects a client without an account', () => {
  const reader = createClient({ chain: anvil, transport: http() })
  // @ts-expect-error - nobody to pay
  createConsumer({ budget: { request: 1n, session: 2n }, client: reader })
})

test('errors are told apart by name', () => {
  expectTypeOf<ConsumerOptionError['name']>().toEqualTypeOf<'ConsumerOptionError'>()
  expectTypeOf<ProviderOptionError['name']>().toEqualTypeOf<'ProviderOptionError'>()
})
