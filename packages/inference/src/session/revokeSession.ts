import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'

import type { channelReverts } from '../channel/reverts.js'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'

/**
 * Builds the call that ends a session at once, without sending it.
 *
 * @param parameters - {@link revokeSession.Parameters}, with `channels` and `token` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { revokeSessionCall } from '@aitoken/inference'
 *
 * export const callOf = () =>
 *   revokeSessionCall({
 *     channels: '0x0000000000000000000000000000000000000001',
 *     key: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *     token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 *   })
 * ```
 */
export function revokeSessionCall(
  parameters: revokeSessionCall.Parameters,
): Call<typeof paymentChannelsAbi, 'revokeSession'> {
  const { channels, key, token } = parameters
  return call({ abi: paymentChannelsAbi, args: [key, token], functionName: 'revokeSession', to: channels })
}

export declare namespace revokeSessionCall {
  type Parameters = revokeSession.Parameters & {
    /** Contract that holds the channels. */
    channels: Address
    /** The ERC-20 token. */
    token: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Ends a session at once. Channels that the key opened stay open.
 *
 * @param client - Client with an account.
 * @param parameters - {@link revokeSession.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws `CallFailedError` when the node or the wallet fails.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { revokeSession } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient) =>
 *   revokeSession(client, { key: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' })
 * ```
 */
export async function revokeSession(
  client: WriteClient,
  parameters: revokeSession.Parameters,
): Promise<revokeSession.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels'), token = addressOf(client, 'aiToken') } = parameters
  return sendToChannels(client, revokeSessionCall({ ...parameters, channels, token }))
}

export declare namespace revokeSession {
  type Parameters = {
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** The session key. */
    key: Address
    /** The ERC-20 token. @default AIT on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | revokeSessionCall.ErrorType
    | send.ErrorType<typeof channelReverts, never>
}
