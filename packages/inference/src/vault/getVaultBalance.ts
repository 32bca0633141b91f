import { addressOf, type ReadClient, read } from '@aitoken/core/internal'
import type { Address } from 'viem'

import { paymentChannelsAbi } from '../generated/paymentChannels.js'

/**
 * Reads what a vault holds.
 *
 * @param client - Client of the contract's chain.
 * @param parameters - {@link getVaultBalance.Parameters}
 * @returns The balance, in base units.
 * @throws `ContractMissingError` when there is no such contract at the address.
 *
 * @example
 * ```ts
 * import type { ReadClient } from '@aitoken/core'
 * import { getVaultBalance } from '@aitoken/inference'
 *
 * export const run = (client: ReadClient, owner: `0x${string}`) => getVaultBalance(client, { owner })
 * ```
 */
export async function getVaultBalance(
  client: ReadClient,
  parameters: getVaultBalance.Parameters,
): Promise<getVaultBalance.ReturnType> {
  const {
    channels = addressOf(client, 'paymentChannels'),
    owner,
    token = addressOf(client, 'aiToken'),
  } = parameters
  return read(client, {
    abi: paymentChannelsAbi,
    address: channels,
    args: [owner, token],
    functionName: 'vaultBalanceOf',
  })
}

export declare namespace getVaultBalance {
  type Parameters = {
    /** Contract that holds the channels. @default the one deployed on the client's chain */
    channels?: Address | undefined
    /** Whose vault. */
    owner: Address
    /** The ERC-20 token. @default AIT on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = bigint
  type ErrorType = addressOf.ErrorType | read.ErrorType
}
