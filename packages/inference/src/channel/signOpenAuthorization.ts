import { addressOf, type WriteClient } from '@aitoken/core/internal'

import { type AuthorizationParameters, signReceive } from '../internal/signReceive.js'
import { authorizationNonce } from './authorizationNonce.js'
import type { Channel } from './channel.js'
import type { Authorization } from './funding.js'
import { hashChannel } from './hashChannel.js'

/**
 * Signs an ERC-3009 authorization that opens one channel with one deposit, and nothing else. Whoever holds it can
 * send {@link openChannelWithAuthorization}: the payer needs no gas.
 *
 * @param client - Client whose account signs: the payer.
 * @param parameters - {@link signOpenAuthorization.Parameters}
 * @returns The authorization.
 * @throws `InvalidSignatureError` when the account is a contract wallet, which cannot sign it.
 * @throws `UserRejectedError` when the wallet's owner declines.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { type Channel, signOpenAuthorization } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, channel: Channel) =>
 *   signOpenAuthorization(client, { channel, deposit: 1_000_000n })
 * ```
 */
export async function signOpenAuthorization(
  client: WriteClient,
  parameters: signOpenAuthorization.Parameters,
): Promise<signOpenAuthorization.ReturnType> {
  const { channel, channels = addressOf(client, 'paymentChannels'), deposit } = parameters
  const channelId = hashChannel({ chainId: client.chain.id, channel, channels })
  const nonce = authorizationNonce('open', [channelId])
  return signReceive(client, { ...parameters, channels, nonce, token: channel.token, value: deposit })
}

export declare namespace signOpenAuthorization {
  type Parameters = AuthorizationParameters & {
    /** The channel to open. */
    channel: Channel
    /** Base units to put in; the authorization's value. */
    deposit: bigint
  }
  type ReturnType = Authorization
  type ErrorType = signReceive.ErrorType
}
