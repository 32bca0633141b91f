import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import { type Address, type Hash, zeroAddress } from 'viem'

import type { channelReverts } from '../channel/reverts.js'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'

/**
 * Builds the call that sets the protocol fee of channels opened from now on, without sending it.
 *
 * @param parameters - {@link setFee.Parameters}, with `channels` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { setFeeCall } from '@aitoken/inference'
 *
 * export const callOf = () =>
 *   setFeeCall({
 *     bps: 25,
 *     channels: '0x0000000000000000000000000000000000000001',
 *     recipient: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   })
 * ```
 */
export function setFeeCall(parameters: setFeeCall.Parameters): Call<typeof paymentChannelsAbi, 'setFee'> {
  const { bps, channels, recipient = zeroAddress } = parameters
  return call({ abi: paymentChannelsAbi, args: [bps, recipient], functionName: 'setFee', to: channels })
}

export declare namespace setFeeCall {
  type Parameters = setFee.Parameters & {
    /** Contract that holds the channels. */
    channels: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Sets the protocol fee of channels opened from now on. The access manager decides who may; open channels keep the fee they opened with.
 *
 * @param client - Client with an account.
 * @param parameters - {@link setFee.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws `AccessDeniedError` when the access manager does not let the account.
 * @throws {@link FeeTooHighError} when the fee is above its maximum.
 * @throws {@link AddressRoleError} when an address is zero or the contract itself.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { setFee } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient) =>
 *   setFee(client, { bps: 25, recipient: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' })
 * ```
 */
export async function setFee(client: WriteClient, parameters: setFee.Parameters): Promise<setFee.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels') } = parameters
  return sendToChannels(client, setFeeCall({ ...parameters, channels }))
}

export declare namespace setFee {
  type Parameters = {
    /** Fee in basis points of what payees capture, at most 100. */
    bps: number
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Whose vault collects fees. @default nobody, which takes no fee from any channel */
    recipient?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | setFeeCall.ErrorType
    | send.ErrorType<
        typeof channelReverts,
        'AccessManagedUnauthorized' | 'ChannelsAddressInvalid' | 'ChannelsFeeTooHigh'
      >
}
