import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash, Hex } from 'viem'

import type { Authorization } from '../channel/funding.js'
import type { channelReverts } from '../channel/reverts.js'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'

/**
 * Builds the call that puts tokens into the owner's vault with an ERC-3009 authorization, without sending it.
 *
 * @param parameters - {@link depositToVaultWithAuthorization.Parameters}, with `channels` and `token` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { type Authorization, depositToVaultWithAuthorizationCall } from '@aitoken/inference'
 *
 * export const callOf = (authorization: Authorization, salt: `0x${string}`) =>
 *   depositToVaultWithAuthorizationCall({
 *     amount: 1_000_000n,
 *     authorization,
 *     channels: '0x0000000000000000000000000000000000000001',
 *     owner: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *     salt,
 *     token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 *   })
 * ```
 */
export function depositToVaultWithAuthorizationCall(
  parameters: depositToVaultWithAuthorizationCall.Parameters,
): Call<typeof paymentChannelsAbi, 'depositWithAuthorization'> {
  const { amount, authorization, channels, owner, salt, token } = parameters
  return call({
    abi: paymentChannelsAbi,
    args: [owner, token, amount, salt, authorization],
    functionName: 'depositWithAuthorization',
    to: channels,
  })
}

export declare namespace depositToVaultWithAuthorizationCall {
  type Parameters = depositToVaultWithAuthorization.Parameters & {
    /** Contract that holds the channels. */
    channels: Address
    /** The ERC-20 token. */
    token: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Puts tokens into the owner's vault with an ERC-3009 authorization. Anybody may send it.
 *
 * @param client - Client with an account.
 * @param parameters - {@link depositToVaultWithAuthorization.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link TokenMissingError} when there is no token at the address.
 * @throws {@link AmountZeroError} when the amount is zero.
 * @throws {@link AmountTooLargeError} when the deposit does not fit into 96 bits.
 * @throws {@link DepositMismatchError} when the token takes a fee on transfer.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { type Authorization, depositToVaultWithAuthorization } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient, authorization: Authorization, salt: `0x${string}`) =>
 *   depositToVaultWithAuthorization(client, {
 *     amount: 1_000_000n,
 *     authorization,
 *     owner: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
 *     salt,
 *   })
 * ```
 */
export async function depositToVaultWithAuthorization(
  client: WriteClient,
  parameters: depositToVaultWithAuthorization.Parameters,
): Promise<depositToVaultWithAuthorization.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels'), token = addressOf(client, 'aiToken') } = parameters
  return sendToChannels(client, depositToVaultWithAuthorizationCall({ ...parameters, channels, token }))
}

export declare namespace depositToVaultWithAuthorization {
  type Parameters = {
    /** Base units; the authorization's value. */
    amount: bigint
    /** The owner's ERC-3009 authorization, made by {@link signDepositAuthorization}. */
    authorization: Authorization
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Who authorized, and whose vault is credited. */
    owner: Address
    /** Tells deposits of the same owner apart, 32 bytes; the authorization was signed for it. */
    salt: Hex
    /** The ERC-20 token. @default AIT on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | depositToVaultWithAuthorizationCall.ErrorType
    | send.ErrorType<
        typeof channelReverts,
        'ChannelsAmountTooLarge' | 'ChannelsAmountZero' | 'ChannelsDepositMismatch' | 'ChannelsTokenInvalid'
      >
}
