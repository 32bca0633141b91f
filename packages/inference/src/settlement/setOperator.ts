import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'

import type { channelReverts } from '../channel/reverts.js'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'

/**
 * Builds the call that lets an operator settle and close the account's channels, or stops it, without sending it.
 *
 * @param parameters - {@link setOperator.Parameters}, with `channels` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { setOperatorCall } from '@aitoken/inference'
 *
 * export const callOf = () =>
 *   setOperatorCall({
 *     approved: true,
 *     channels: '0x0000000000000000000000000000000000000001',
 *     operator: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   })
 * ```
 */
export function setOperatorCall(
  parameters: setOperatorCall.Parameters,
): Call<typeof paymentChannelsAbi, 'setOperator'> {
  const { approved, channels, operator } = parameters
  return call({
    abi: paymentChannelsAbi,
    args: [operator, approved],
    functionName: 'setOperator',
    to: channels,
  })
}

export declare namespace setOperatorCall {
  type Parameters = setOperator.Parameters & {
    /** Contract that holds the channels. */
    channels: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Lets an operator settle and close the account's channels, or stops it. An operator also signs final statements; it can never redirect a payment.
 *
 * @param client - Client with an account.
 * @param parameters - {@link setOperator.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link AddressRoleError} when an address is zero or the contract itself.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { setOperator } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient) =>
 *   setOperator(client, { approved: true, operator: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' })
 * ```
 */
export async function setOperator(
  client: WriteClient,
  parameters: setOperator.Parameters,
): Promise<setOperator.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels') } = parameters
  return sendToChannels(client, setOperatorCall({ ...parameters, channels }))
}

export declare namespace setOperator {
  type Parameters = {
    /** Whether it may. */
    approved: boolean
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Who may act. */
    operator: Address
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | setOperatorCall.ErrorType
    | send.ErrorType<typeof channelReverts, 'ChannelsAddressInvalid'>
}
