import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import { type Address, type Hash, type Hex, zeroHash } from 'viem'

import type { channelReverts } from '../channel/reverts.js'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'

/**
 * Builds the call that lets a key open and top up channels from the account's vault, within a budget, without sending it.
 *
 * @param parameters - {@link setSession.Parameters}, with `channels` and `token` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { setSessionCall } from '@aitoken/inference'
 *
 * export const callOf = () =>
 *   setSessionCall({
 *     cap: 1_000_000n,
 *     channels: '0x0000000000000000000000000000000000000001',
 *     expiry: 1_900_000_000,
 *     key: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *     token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 *   })
 * ```
 */
export function setSessionCall(
  parameters: setSessionCall.Parameters,
): Call<typeof paymentChannelsAbi, 'setSession'> {
  const { cap, channels, expiry, key, payees = zeroHash, token } = parameters
  return call({
    abi: paymentChannelsAbi,
    args: [key, token, cap, expiry, payees],
    functionName: 'setSession',
    to: channels,
  })
}

export declare namespace setSessionCall {
  type Parameters = setSession.Parameters & {
    /** Contract that holds the channels. */
    channels: Address
    /** The ERC-20 token. */
    token: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Lets a key open and top up channels from the account's vault, within a budget. Changing a session keeps what the key has used.
 *
 * @param client - Client with an account.
 * @param parameters - {@link setSession.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link AddressRoleError} when an address is zero or the contract itself.
 * @throws {@link AmountZeroError} when the amount is zero.
 * @throws {@link SessionExpiredError} when the session is over.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { setSession } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient) =>
 *   setSession(client, {
 *     cap: 1_000_000n,
 *     expiry: 1_900_000_000,
 *     key: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *   })
 * ```
 */
export async function setSession(
  client: WriteClient,
  parameters: setSession.Parameters,
): Promise<setSession.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels'), token = addressOf(client, 'aiToken') } = parameters
  return sendToChannels(client, setSessionCall({ ...parameters, channels, token }))
}

export declare namespace setSession {
  type Parameters = {
    /** Base units that the key may draw in total. */
    cap: bigint
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Unix time from which the key is refused, in seconds. */
    expiry: number
    /** The session key. */
    key: Address
    /** Merkle root of the payees that it may pay, made by {@link createPayeeTree}. @default any payee */
    payees?: Hex | undefined
    /** The ERC-20 token. @default AIT on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | setSessionCall.ErrorType
    | send.ErrorType<
        typeof channelReverts,
        'ChannelsAddressInvalid' | 'ChannelsAmountZero' | 'ChannelsSessionExpired'
      >
}
