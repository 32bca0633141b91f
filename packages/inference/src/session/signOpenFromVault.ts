import { addressOf, sign, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hex } from 'viem'

import type { Channel } from '../channel/channel.js'
import type { Consent } from '../channel/funding.js'

import { hashChannel } from '../channel/hashChannel.js'
import { channelsDomain } from '../internal/domain.js'

/** Builds the EIP-712 message `OpenFromVault`. */
export function toOpenFromVaultTypedData(parameters: toOpenFromVaultTypedData.Parameters) {
  const { chainId, channelId, channels, deadline, deposit } = parameters
  return {
    domain: channelsDomain(chainId, channels),
    message: { channelId, deadline, amount: deposit },
    primaryType: 'OpenFromVault',
    types: {
      OpenFromVault: [
        { name: 'channelId', type: 'bytes32' },
        { name: 'amount', type: 'uint128' },
        { name: 'deadline', type: 'uint256' },
      ],
    },
  } as const
}

export declare namespace toOpenFromVaultTypedData {
  type Parameters = { chainId: number; channelId: Hex; channels: Address; deadline: bigint; deposit: bigint }
}

/**
 * Signs the opening of a channel from the payer's vault, for anybody to send with {@link openChannelWithSignature}.
 *
 * @param client - Client whose account signs: the payer, or a session key of the payer.
 * @param parameters - {@link signOpenFromVault.Parameters}
 * @returns The signature and its deadline.
 * @throws `UserRejectedError` when the wallet's owner declines.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { type Channel, signOpenFromVault } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, channel: Channel) =>
 *   signOpenFromVault(client, { channel, deadline: 1_900_000_000n, deposit: 1_000_000n })
 * ```
 */
export async function signOpenFromVault(
  client: WriteClient,
  parameters: signOpenFromVault.Parameters,
): Promise<signOpenFromVault.ReturnType> {
  const { channel, channels = addressOf(client, 'paymentChannels'), deadline, deposit } = parameters
  const chainId = client.chain.id
  const channelId = hashChannel({ chainId, channel, channels })

  const signature = await sign(
    client,
    toOpenFromVaultTypedData({ chainId, channelId, channels, deadline, deposit }),
  )
  return { deadline, signature }
}

export declare namespace signOpenFromVault {
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
