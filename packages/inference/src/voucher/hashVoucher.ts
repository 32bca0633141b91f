import type { Hash } from 'viem'

import { toHex } from '../internal/hex.js'
import { createVoucherHasher } from './createVoucherHasher.js'
import type { Voucher, VoucherDomain } from './voucher.js'

/**
 * Hashes a voucher as EIP-712 does. To hash many, prepare {@link createVoucherHasher} once.
 *
 * @param parameters - {@link hashVoucher.Parameters}
 * @returns The 32 bytes that are signed.
 * @throws {@link VoucherAmountError} when the amount does not fit into 96 bits.
 * @throws {@link VoucherMalformedError} when the channel id or the contract is malformed.
 *
 * @example
 * ```ts
 * import { hashVoucher } from '@aitoken/inference'
 *
 * export const digest = hashVoucher({
 *   chainId: 8453,
 *   channelId: `0x${'00'.repeat(32)}`,
 *   channels: '0x0000000000000000000000000000000000000001',
 *   cumulativeAmount: 1_000_000n,
 * })
 * ```
 */
export function hashVoucher(parameters: hashVoucher.Parameters): Hash {
  return toHex(createVoucherHasher(parameters)(parameters))
}

export declare namespace hashVoucher {
  type Parameters = Voucher & createVoucherHasher.Parameters & VoucherDomain
  type ErrorType = createVoucherHasher.ErrorType
}
