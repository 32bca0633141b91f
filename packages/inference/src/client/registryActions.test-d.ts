import { createClient, http } from 'viem'
import { base } from 'viem/chains'
import { expectTypeOf, test } from 'vitest'

import type { RegisteredProvider } from '../registry/registeredProvider.js'
import { registryActions } from './registryActions.js'

const account = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const client = createClient({ account, chain: base, transport: http() }).extend(registryActions())
const reader = createClient({ chain: base, transport: http() }).extend(registryActions())

test('binds reads and writes', () => {
  expectTypeOf(reader.registry.getProvider({ id: 7n })).resolves.toEqualTypeOf<RegisteredProvider>()
  expectTypeOf(client.registry.bondProvider({ amount: 1n, id: 7n })).resolves.toEqualTypeOf<`0x${string}`>()
})

test('gives a client without an account no writes', () => {
  // @ts-expect-error - nobody to sign
  void reader.registry.registerProvider
})

test('rejects a number for an id or an amount', () => {
  // @ts-expect-error - ids are bigints
  void client.registry.getProvider({ id: 7 })
  // @ts-expect-error - amounts are bigint base units
  void client.registry.bondProvider({ amount: 1, id: 7n })
})
