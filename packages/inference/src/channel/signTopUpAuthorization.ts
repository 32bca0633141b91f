import { addressOf, type WriteClient } from '@aitoken/core/internal'
import { numberToHex } from 'viem'

import { type AuthorizationParameters, signReceive } from '../internal/signReceive.js'
import { authorizationNonce } from './authorizationNonce.js'
import type { Channel } from './channel.js'
import type { Authorization } from './funding.js'
import { getChannel } from './getChannel.js'
import { hashChannel } from './hashChannel.js'

/**
 * Signs an ERC-3009 authorization that raises one channel's deposit by one amount, once. Whoever holds it can send
 * {@link topUpChannelWithAuthorization}.
 *
 * @param client - Client whose account signs: the payer.
 * @param parameters - {@link signTopUpAuthorization.Parameters}
 * @returns The authorization.
 * @throws `InvalidSignatureError` when the account is a contract wallet, which cannot sign it.
 * @throws `UserRejectedError` when the wallet's owner declines.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { type Channel, signTopUpAuthorization } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, channel: Channel) =>
 *   signTopUpAuthorization(client, { amount: 1_000_000n, channel })
 * ```
 */
export async function signTopUpAuthorization(
  client: WriteClient,
  parameters: signTopUpAuthorization.Parameters,
): Promise<signTopUpAuthorization.ReturnType> {
  const { amount, channel, channels = addressOf(client, 'paymentChannels') } = parameters
  const channelId = hashChannel({ chainId: client.chain.id, channel, channels })
  const { deposit = (await getChannel(client, { channelId, channels })).deposit + amount } = parameters
  const nonce = authorizationNonce('topUp', [channelId, numberToHex(deposit, { size: 32 })])
  return signReceive(client, { ...parameters, channels, nonce, token: channel.token, value: amount })
}

export declare namespace signTopUpAuthorization {
  type Parameters = AuthorizationParameters & {
    /** Base units to add; the authorization's value. */
    amount: bigint
    /** The channel. */
    channel: Channel
    /** Base units put in after the top-up. @default what the chain tells now, and `amount` */
    deposit?: bigint | undefined
  }
  type ReturnType = Authorization
  type ErrorType = signReceive.ErrorType
}
