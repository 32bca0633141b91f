import type { Address, Hex } from 'viem'

import { channelsDomain } from '../internal/domain.js'

/** A promise to pay: everything owed on the channel so far, never a difference. */
export type Voucher = {
  /** Channel the payment draws on. */
  channelId: Hex
  /** Total owed since the channel opened, in base units; less than 2^96. */
  cumulativeAmount: bigint
}

/** Where a voucher is valid. */
export type VoucherDomain = {
  /** Chain the channel lives on. */
  chainId: number
  /** Contract that settles the voucher. */
  channels: Address
}

/**
 * Builds the EIP-712 message of a voucher, which signing, hashing and verifying share so that they cannot drift.
 *
 * @param parameters - The voucher, its amount in base units, and where it is valid.
 * @returns Typed data for any EIP-712 signer.
 *
 * @example
 * ```ts
 * import { toVoucherTypedData, type Voucher, type VoucherDomain } from '@aitoken/inference'
 * import type { WalletClient } from 'viem'
 *
 * export const sign = (wallet: WalletClient, payer: `0x${string}`, voucher: Voucher & VoucherDomain) =>
 *   wallet.signTypedData({ account: payer, ...toVoucherTypedData(voucher) })
 * ```
 */
export function toVoucherTypedData({
  chainId,
  channelId,
  channels,
  cumulativeAmount,
}: Voucher & VoucherDomain) {
  return {
    domain: channelsDomain(chainId, channels),
    message: { channelId, cumulativeAmount },
    primaryType: 'Voucher',
    types: {
      Voucher: [
        { name: 'channelId', type: 'bytes32' },
        { name: 'cumulativeAmount', type: 'uint128' },
      ],
    },
  } as const
}
