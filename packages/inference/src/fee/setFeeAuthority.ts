import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'

import type { channelReverts } from '../channel/reverts.js'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'

/**
 * Builds the call that puts the protocol fee under another access manager, without sending it.
 *
 * @param parameters - {@link setFeeAuthority.Parameters}, with `channels` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { setFeeAuthorityCall } from '@aitoken/inference'
 *
 * export const callOf = () =>
 *   setFeeAuthorityCall({
 *     authority: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *     channels: '0x0000000000000000000000000000000000000001',
 *   })
 * ```
 */
export function setFeeAuthorityCall(
  parameters: setFeeAuthorityCall.Parameters,
): Call<typeof paymentChannelsAbi, 'setAuthority'> {
  const { authority, channels } = parameters
  return call({ abi: paymentChannelsAbi, args: [authority], functionName: 'setAuthority', to: channels })
}

export declare namespace setFeeAuthorityCall {
  type Parameters = setFeeAuthority.Parameters & {
    /** Contract that holds the channels. */
    channels: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Puts the protocol fee under another access manager. Only its present one may call this: send it there with
 * `updateAuthority`.
 *
 * @param client - Client with an account.
 * @param parameters - {@link setFeeAuthority.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws `AccessDeniedError` when the account is not the present access manager.
 * @throws `InvalidAuthorityError` when the new one has no code.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { setFeeAuthority } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient) =>
 *   setFeeAuthority(client, { authority: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' })
 * ```
 */
export async function setFeeAuthority(
  client: WriteClient,
  parameters: setFeeAuthority.Parameters,
): Promise<setFeeAuthority.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels') } = parameters
  return sendToChannels(client, setFeeAuthorityCall({ ...parameters, channels }))
}

export declare namespace setFeeAuthority {
  type Parameters = {
    /** The new access manager. */
    authority: Address
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | setFeeAuthorityCall.ErrorType
    | send.ErrorType<typeof channelReverts, 'AccessManagedInvalidAuthority' | 'AccessManagedUnauthorized'>
}
