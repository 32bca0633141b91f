import { addressOf, sign, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hex } from 'viem'
import { channelsDomain } from '../internal/domain.js'
import type { Channel } from './channel.js'
import type { Consent } from './funding.js'
import { getChannel } from './getChannel.js'
import { hashChannel } from './hashChannel.js'

/** Builds the EIP-712 message `TopUp`. */
export function toTopUpTypedData(parameters: toTopUpTypedData.Parameters) {
  const { chainId, channelId, channels, deadline, deposit } = parameters
  return {
    domain: channelsDomain(chainId, channels),
    message: { channelId, deadline, deposit },
    primaryType: 'TopUp',
    types: {
      TopUp: [
        { name: 'channelId', type: 'bytes32' },
        { name: 'deposit', type: 'uint128' },
        { name: 'deadline', type: 'uint256' },
      ],
    },
  } as const
}

export declare namespace toTopUpTypedData {
  type Parameters = { chainId: number; channelId: Hex; channels: Address; deadline: bigint; deposit: bigint }
}

/**
 * Signs the payer's consent to a top-up that somebody else sends with {@link topUpChannelWithPermit}. It is good for
 * one time: it names the resulting deposit, and deposits only grow.
 *
 * @param client - Client whose account signs: the payer.
 * @param parameters - {@link signTopUpConsent.Parameters}
 * @returns The signature and its deadline.
 * @throws `UserRejectedError` when the wallet's owner declines.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { type Channel, signTopUpConsent } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, channel: Channel) =>
 *   signTopUpConsent(client, { amount: 1_000_000n, channel, deadline: 1_900_000_000n })
 * ```
 */
export async function signTopUpConsent(
  client: WriteClient,
  parameters: signTopUpConsent.Parameters,
): Promise<signTopUpConsent.ReturnType> {
  const { amount, channel, channels = addressOf(client, 'paymentChannels'), deadline } = parameters
  const chainId = client.chain.id
  const channelId = hashChannel({ chainId, channel, channels })
  const { deposit = (await getChannel(client, { channelId, channels })).deposit + amount } = parameters
  const signature = await sign(client, toTopUpTypedData({ chainId, channelId, channels, deadline, deposit }))
  return { deadline, signature }
}

export declare namespace signTopUpConsent {
  type Parameters = {
    /** Base units to add. */
    amount: bigint
    /** The channel. */
    channel: Channel
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Unix time until which the signature is valid, in seconds. */
    deadline: bigint
    /** Base units put in after the top-up. @default what the chain tells now, and `amount` */
    deposit?: bigint | undefined
  }
  type ReturnType = Consent
  type ErrorType = addressOf.ErrorType | hashChannel.ErrorType | sign.ErrorType
}
