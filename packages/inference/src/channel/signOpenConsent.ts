import { addressOf, sign, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hex } from 'viem'
import { channelsDomain } from '../internal/domain.js'
import type { Channel } from './channel.js'
import type { Consent } from './funding.js'
import { hashChannel } from './hashChannel.js'

/** Builds the EIP-712 message `Open`. */
export function toOpenTypedData(parameters: toOpenTypedData.Parameters) {
  const { chainId, channelId, channels, deadline, deposit } = parameters
  return {
    domain: channelsDomain(chainId, channels),
    message: { channelId, deadline, amount: deposit },
    primaryType: 'Open',
    types: {
      Open: [
        { name: 'channelId', type: 'bytes32' },
        { name: 'amount', type: 'uint128' },
        { name: 'deadline', type: 'uint256' },
      ],
    },
  } as const
}

export declare namespace toOpenTypedData {
  type Parameters = { chainId: number; channelId: Hex; channels: Address; deadline: bigint; deposit: bigint }
}

/**
 * Signs the payer's consent to a channel that somebody else opens with {@link openChannelWithPermit}.
 *
 * @param client - Client whose account signs: the payer.
 * @param parameters - {@link signOpenConsent.Parameters}
 * @returns The signature and its deadline.
 * @throws `UserRejectedError` when the wallet's owner declines.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { type Channel, signOpenConsent } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, channel: Channel) =>
 *   signOpenConsent(client, { channel, deadline: 1_900_000_000n, deposit: 1_000_000n })
 * ```
 */
export async function signOpenConsent(
  client: WriteClient,
  parameters: signOpenConsent.Parameters,
): Promise<signOpenConsent.ReturnType> {
  const { channel, channels = addressOf(client, 'paymentChannels'), deadline, deposit } = parameters
  const chainId = client.chain.id
  const channelId = hashChannel({ chainId, channel, channels })

  const signature = await sign(client, toOpenTypedData({ chainId, channelId, channels, deadline, deposit }))
  return { deadline, signature }
}

export declare namespace signOpenConsent {
  type Parameters = {
    /** The channel. */
    channel: Channel
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Unix time until which the signature is valid, in seconds. */
    deadline: bigint
    /** Base units to put in. */
    deposit: bigint
  }
  type ReturnType = Consent
  type ErrorType = addressOf.ErrorType | hashChannel.ErrorType | sign.ErrorType
}
