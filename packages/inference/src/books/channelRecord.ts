import type { Hex } from 'viem'

import type { Channel } from '../channel/channel.js'

/** What a consumer keeps about a channel, from before it opens until the chain says that it ended. */
export type ChannelRecord = {
  /** Total that checked bills account for, in base units. */
  readonly billed: bigint
  /** The channel's descriptor. */
  readonly channel: Channel
  /** The channel's id. */
  readonly channelId: Hex
  /** Base units put in, or to be put in while the channel opens. */
  readonly deposit: bigint
  /** Unix time in seconds from which the payer may withdraw; undefined while no exit was announced. */
  readonly exitAt?: number | undefined
  /** The consumer that signs for it now; whoever takes the channel over writes its own. */
  readonly holder: string
  /** Name of the consumer that opened it. */
  readonly name: string
  /** Unix time in milliseconds at which it was to be opened. */
  readonly openedAt: number
  /** The provider. */
  readonly origin: string
  /** The session whose budget it draws on. */
  readonly session: string
  /** Total signed for, in base units. */
  readonly signed: bigint
  /** `opening` before the chain confirmed it, `ending` when nothing more is bought with it. */
  readonly status: 'ending' | 'open' | 'opening'
}

/** What a provider may still take beyond what was billed, in base units. */
export function sumOpen({ billed, signed }: ChannelRecord): bigint {
  return signed > billed ? signed - billed : 0n
}
