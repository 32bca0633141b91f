import type { Hex } from 'viem'

import { channelsDomain } from '../internal/domain.js'
import type { VoucherDomain } from '../voucher/voucher.js'

/** The payee's last word on a channel: anybody who holds it may close the channel at once. */
export type Statement = {
  /** Channel that ends. */
  channelId: Hex
  /** Total spent since the channel opened, in base units; less than 2^96. */
  spent: bigint
  /** Unix time until which the statement is valid, in seconds. */
  deadline: bigint
}

/**
 * Builds the EIP-712 message `FinalStatement`, which signing, hashing and verifying share so that they cannot drift.
 *
 * @param parameters - The final statement, its amounts in base units, and where it is valid.
 * @returns Typed data for any EIP-712 signer.
 *
 * @example
 * ```ts
 * import { toStatementTypedData, type Statement, type VoucherDomain } from '@aitoken/inference'
 * import type { WalletClient } from 'viem'
 *
 * export const sign = (wallet: WalletClient, account: `0x${string}`, value: Statement & VoucherDomain) =>
 *   wallet.signTypedData({ account, ...toStatementTypedData(value) })
 * ```
 */
export function toStatementTypedData(parameters: Statement & VoucherDomain) {
  const { chainId, channelId, channels, deadline, spent } = parameters
  return {
    domain: channelsDomain(chainId, channels),
    message: { channelId, spent, deadline },
    primaryType: 'FinalStatement',
    types: {
      FinalStatement: [
        { name: 'channelId', type: 'bytes32' },
        { name: 'spent', type: 'uint128' },
        { name: 'deadline', type: 'uint256' },
      ],
    },
  } as const
}
