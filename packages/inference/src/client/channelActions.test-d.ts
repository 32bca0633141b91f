import { createClient, http } from 'viem'
import { base } from 'viem/chains'
import { expectTypeOf, test } from 'vitest'

import type { Channel, ChannelState } from '../channel/channel.js'
import { channelActions } from './channelActions.js'

const account = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
const client = createClient({ account, chain: base, transport: http() }).extend(channelActions())
const reader = createClient({ chain: base, transport: http() }).extend(channelActions())

test('binds reads and writes', () => {
  const opened = client.channels.openChannel({ deposit: 1n, payee: account })
  expectTypeOf(opened).resolves.toEqualTypeOf<{
    channel: Channel
    channelId: `0x${string}`
    hash: `0x${string}`
  }>()
  expectTypeOf(reader.channels.getChannel({ channelId: '0x' })).resolves.toEqualTypeOf<ChannelState>()
})

test('gives a client without an account no writes', () => {
  // @ts-expect-error - nobody to sign
  void reader.channels.openChannel
})

test('rejects a number amount', () => {
  // @ts-expect-error - amounts are bigint base units
  void client.channels.openChannel({ deposit: 1, payee: account })
})
