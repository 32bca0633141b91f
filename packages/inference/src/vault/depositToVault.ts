import { addressOf, type Call, call, type send, type WriteClient } from '@aitoken/core/internal'
import type { Address, Hash } from 'viem'

import type { channelReverts } from '../channel/reverts.js'
import { paymentChannelsAbi } from '../generated/paymentChannels.js'
import { sendToChannels } from '../internal/sendToChannels.js'

/**
 * Builds the call that puts tokens from the account's allowance into its vault, without sending it.
 *
 * @param parameters - {@link depositToVault.Parameters}, with `channels` and `token` given.
 * @returns The call, to send, batch, simulate, describe or propose.
 *
 * @example
 * ```ts
 * import { depositToVaultCall } from '@aitoken/inference'
 *
 * export const callOf = () =>
 *   depositToVaultCall({
 *     amount: 1_000_000n,
 *     channels: '0x0000000000000000000000000000000000000001',
 *     token: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
 *   })
 * ```
 */
export function depositToVaultCall(
  parameters: depositToVaultCall.Parameters,
): Call<typeof paymentChannelsAbi, 'deposit'> {
  const { amount, channels, token } = parameters
  return call({ abi: paymentChannelsAbi, args: [token, amount], functionName: 'deposit', to: channels })
}

export declare namespace depositToVaultCall {
  type Parameters = depositToVault.Parameters & {
    /** Contract that holds the channels. */
    channels: Address
    /** The ERC-20 token. */
    token: Address
  }
  type ErrorType = call.ErrorType
}

/**
 * Puts tokens from the account's allowance into its vault. Channels are opened from it without a token transfer.
 *
 * @param client - Client with an account.
 * @param parameters - {@link depositToVault.Parameters}
 * @returns Hash of the submitted transaction.
 * @throws {@link TokenMissingError} when there is no token at the address.
 * @throws {@link AmountZeroError} when the amount is zero.
 * @throws {@link AmountTooLargeError} when the deposit does not fit into 96 bits.
 * @throws {@link DepositMismatchError} when the token takes a fee on transfer.
 *
 * @example
 * ```ts
 * import type { WriteClient } from '@aitoken/core'
 * import { depositToVault } from '@aitoken/inference'
 *
 * export const run = (client: WriteClient) =>
 *   depositToVault(client, { amount: 1_000_000n })
 * ```
 */
export async function depositToVault(
  client: WriteClient,
  parameters: depositToVault.Parameters,
): Promise<depositToVault.ReturnType> {
  const { channels = addressOf(client, 'paymentChannels'), token = addressOf(client, 'aiToken') } = parameters
  return sendToChannels(client, depositToVaultCall({ ...parameters, channels, token }))
}

export declare namespace depositToVault {
  type Parameters = {
    /** Base units. */
    amount: bigint
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** The ERC-20 token. @default AIT on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = Hash
  type ErrorType =
    | addressOf.ErrorType
    | depositToVaultCall.ErrorType
    | send.ErrorType<
        typeof channelReverts,
        'ChannelsAmountTooLarge' | 'ChannelsAmountZero' | 'ChannelsDepositMismatch' | 'ChannelsTokenInvalid'
      >
}
