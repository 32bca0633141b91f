import type { Hex } from 'viem'

import type { Channel } from '../channel/channel.js'

/** What a payee settles on one channel: the highest voucher it holds, and how much of it was spent. */
export type Settlement = {
  /** Total spent since the channel opened, in base units; at most `cumulativeAmount`. */
  capture: bigint
  /** The channel. */
  channel: Channel
  /** Total that the voucher authorizes, in base units. */
  cumulativeAmount: bigint
  /** The voucher's signature, of 65 bytes. */
  signature: Hex
}
