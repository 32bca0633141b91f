import type { ReadClient } from '@aitoken/core'
import type { Hex } from 'viem'

import type { ChannelState } from '../channel/channel.js'
import { getChannels } from '../channel/getChannels.js'
import type { ConsumerContext } from '../consumer/context.js'
import { larger, smaller } from '../internal/compare.js'

/**
 * Asks all nodes about channels and believes the mildest of what they say about a provider: to leave one that did
 * nothing wrong costs a channel, and what all nodes say at the next look is not lost.
 *
 * @param context - The consumer.
 * @param parameters - {@link readMildest.Parameters}
 * @returns The states, in the order of the channels; none when no node answered.
 */
export async function readMildest(
  { channels, client }: ConsumerContext,
  { channelIds, clients, onError }: readMildest.Parameters,
): Promise<ChannelState[]> {
  const asked = [client, ...clients].map((node) =>
    getChannels(node, { channelIds, channels }).catch((error: unknown) => {
      onError(error)
      return undefined
    }),
  )
  const [first = [], ...others] = (await Promise.all(asked)).filter((states) => states !== undefined)
  return first.map((state, index) =>
    others.reduce((mildest, told) => mild(mildest, told[index] ?? mildest), state),
  )
}

/** An exit is the payer's own, so the first node is asked about it: what is sent goes there, too. */
function mild(one: ChannelState, other: ChannelState): ChannelState {
  return {
    ...one,
    closed: one.closed && other.closed,
    deposit: larger(one.deposit, other.deposit),
    settled: smaller(one.settled, other.settled),
  }
}

export declare namespace readMildest {
  type Parameters = {
    /** The channels. */
    channelIds: readonly Hex[]
    /** Nodes besides the consumer's. */
    clients: readonly ReadClient[]
    /** Told what a node failed with. */
    onError: (error: unknown) => void
  }
}
