import { addressOf, type sign, type WriteClient } from '@aitoken/core/internal'
import type { Address } from 'viem'

import { signPermit2 } from '../internal/signPermit2.js'
import type { Channel } from './channel.js'
import type { Permit2Transfer } from './funding.js'
import { getChannel } from './getChannel.js'
import { hashChannel } from './hashChannel.js'

/**
 * Signs a Permit2 transfer that raises one channel's deposit by one amount, once. The payer has approved Permit2 for
 * the token before; whoever holds the transfer can send {@link topUpChannelWithPermit2}.
 *
 * @param client - Client whose account signs: the payer.
 * @param parameters - {@link signTopUpPermit2.Parameters}
 * @returns The transfer.
 * @throws `UserRejectedError` when the wallet's owner declines.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { type Channel, signTopUpPermit2 } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, channel: Channel) =>
 *   signTopUpPermit2(client, { amount: 1_000_000n, channel, deadline: 1_900_000_000n })
 * ```
 */
export async function signTopUpPermit2(
  client: WriteClient,
  parameters: signTopUpPermit2.Parameters,
): Promise<signTopUpPermit2.ReturnType> {
  const { amount, channel, channels = addressOf(client, 'paymentChannels'), deadline, nonce } = parameters
  const channelId = hashChannel({ chainId: client.chain.id, channel, channels })
  const { deposit = (await getChannel(client, { channelId, channels })).deposit + amount } = parameters
  return signPermit2(client, {
    amount,
    channels,
    deadline,
    nonce,
    token: channel.token,
    witness: { channelId, deposit },
  })
}

export declare namespace signTopUpPermit2 {
  type Parameters = {
    /** Base units to add; exactly what the transfer permits. */
    amount: bigint
    /** The channel. */
    channel: Channel
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Unix time until which the transfer is valid, in seconds. */
    deadline: bigint
    /** Base units put in after the top-up. @default what the chain tells now, and `amount` */
    deposit?: bigint | undefined
    /** Unordered Permit2 nonce. @default random */
    nonce?: bigint | undefined
  }
  type ReturnType = Permit2Transfer
  type ErrorType = addressOf.ErrorType | hashChannel.ErrorType | sign.ErrorType
}
