import type { Hex } from 'viem'

import { toHex } from '../internal/hex.js'
import type { Signer } from '../signature/privateKeyToSigner.js'
import { createVoucherHasher } from './createVoucherHasher.js'
import type { Voucher, VoucherDomain } from './voucher.js'

/**
 * Prepares the signing of one contract's vouchers, at once and without a promise: for consumers that sign as a
 * stream arrives.
 *
 * @param parameters - {@link createVoucherSigner.Parameters}
 * @returns Signs a voucher (EIP-712), with its amount in base units.
 * @throws {@link VoucherMalformedError} when `channels` is not an address.
 *
 * @example
 * ```ts
 * import { createVoucherSigner, privateKeyToSigner } from '@aitoken/inference'
 *
 * export const signerFor = (privateKey: `0x${string}`, channels: `0x${string}`) =>
 *   createVoucherSigner({ chainId: 8453, channels, signer: privateKeyToSigner(privateKey) })
 * ```
 */
export function createVoucherSigner(parameters: createVoucherSigner.Parameters): (voucher: Voucher) => Hex {
  const { chainId, channels, signer } = parameters
  const hash = createVoucherHasher({ chainId, channels, engine: signer.engine })
  return (voucher) => toHex(signer.signDigest(hash(voucher)))
}

export declare namespace createVoucherSigner {
  type Parameters = VoucherDomain & {
    /** Whose key signs: the channel's authorized signer, or its payer. */
    signer: Signer
  }
  type ErrorType = createVoucherHasher.ErrorType
}
