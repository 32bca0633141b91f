import { createClient, type Hash, http } from 'viem'
import { base } from 'viem/chains'
import { expectTypeOf, test } from 'vitest'

import { createAitoken } from './createAitoken.js'
import { governanceActions } from './governanceActions.js'

const account = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'

test('a bound client without an account has no writes', () => {
  const reader = createClient({ chain: base, transport: http() }).extend(governanceActions())
  expectTypeOf(reader.votes.getVotes({ account })).resolves.toEqualTypeOf<bigint>()
  expectTypeOf(reader.votes).not.toHaveProperty('delegate')
  expectTypeOf(reader.votes).toHaveProperty('getDelegates')
})

test('createAitoken has the token and its votes', () => {
  const writer = createAitoken({ account, chain: base, transport: http() })
  expectTypeOf(writer.votes.delegate({ delegatee: account })).resolves.toEqualTypeOf<Hash>()
  expectTypeOf(writer.ait).toHaveProperty('transfer')
  const reader = createAitoken({ chain: base, transport: http() })
  expectTypeOf(reader.votes).not.toHaveProperty('delegate')
})
