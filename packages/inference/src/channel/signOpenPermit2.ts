import { addressOf, type sign, type WriteClient } from '@aitoken/core/internal'
import type { Address } from 'viem'

import { signPermit2 } from '../internal/signPermit2.js'
import type { Channel } from './channel.js'
import type { Permit2Transfer } from './funding.js'

import { hashChannel } from './hashChannel.js'

/**
 * Signs a Permit2 transfer that opens one channel with one deposit, and nothing else. The payer has approved Permit2 for
 * the token before; whoever holds the transfer can send {@link openChannelWithPermit2}.
 *
 * @param client - Client whose account signs: the payer.
 * @param parameters - {@link signOpenPermit2.Parameters}
 * @returns The transfer.
 * @throws `UserRejectedError` when the wallet's owner declines.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { type Channel, signOpenPermit2 } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, channel: Channel) =>
 *   signOpenPermit2(client, { channel, deadline: 1_900_000_000n, deposit: 1_000_000n })
 * ```
 */
export async function signOpenPermit2(
  client: WriteClient,
  parameters: signOpenPermit2.Parameters,
): Promise<signOpenPermit2.ReturnType> {
  const { channel, channels = addressOf(client, 'paymentChannels'), deadline, deposit, nonce } = parameters
  const channelId = hashChannel({ chainId: client.chain.id, channel, channels })

  return signPermit2(client, {
    amount: deposit,
    channels,
    deadline,
    nonce,
    token: channel.token,
    witness: { channelId },
  })
}

export declare namespace signOpenPermit2 {
  type Parameters = {
    /** The channel. */
    channel: Channel
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Unix time until which the transfer is valid, in seconds. */
    deadline: bigint
    /** Base units to put in; exactly what the transfer permits. */
    deposit: bigint
    /** Unordered Permit2 nonce. @default random */
    nonce?: bigint | undefined
  }
  type ReturnType = Permit2Transfer
  type ErrorType = addressOf.ErrorType | hashChannel.ErrorType | sign.ErrorType
}
