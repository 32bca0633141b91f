import type { Address, Hex } from 'viem'
import type { createVoucherHasher } from './createVoucherHasher.js'
import { createVoucherVerifier } from './createVoucherVerifier.js'
import type { Voucher } from './voucher.js'

/**
 * Checks that an account signed a voucher (EIP-712, ECDSA), exactly as the contract would. To check many, prepare
 * {@link createVoucherVerifier} once. Vouchers of contract wallets (ERC-1271) only their contract can check.
 *
 * @param parameters - {@link verifyVoucher.Parameters}
 * @throws {@link VoucherSignerError} when somebody else signed, or anything but this voucher was signed.
 * @throws {@link VoucherMalformedError} when the signature, the channel id or the contract is malformed.
 * @throws {@link VoucherAmountError} when the amount does not fit into 96 bits.
 *
 * @example
 * ```ts
 * import { verifyVoucher } from '@aitoken/inference'
 *
 * export const check = (signature: `0x${string}`, signer: `0x${string}`) =>
 *   verifyVoucher({
 *     chainId: 8453,
 *     channelId: `0x${'00'.repeat(32)}`,
 *     channels: '0x0000000000000000000000000000000000000001',
 *     cumulativeAmount: 1_000_000n,
 *     signature,
 *     signer,
 *   })
 * ```
 */
export async function verifyVoucher(parameters: verifyVoucher.Parameters): Promise<void> {
  // A fresh verifier knows no keys, so it recovers the signer and reads every byte.
  createVoucherVerifier(parameters).verify(parameters)
}

export declare namespace verifyVoucher {
  type Parameters = Voucher &
    createVoucherHasher.Parameters & {
      /** The signature, of 65 bytes. */
      signature: Hex | Uint8Array
      /** Who should have signed: the channel's authorized signer, or its payer. */
      signer: Address
    }
  type ErrorType = createVoucherVerifier.ErrorType
}
