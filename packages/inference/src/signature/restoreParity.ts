import type { Address, Hex } from 'viem'

import { isSameAddress, toAddress } from '../internal/address.js'
import { readHex, toHex } from '../internal/hex.js'
import { createNobleEngine } from './createNobleEngine.js'
import type { SignatureEngine } from './engine.js'

/**
 * Puts the right last byte on a signature whose `r` and `s` were checked against a known key, as
 * {@link createVoucherVerifier} does: whoever sent it cannot make it unredeemable by flipping that byte.
 *
 * @param parameters - {@link restoreParity.Parameters}
 * @returns The signature that recovers to `signer`; unchanged when neither does, as for contract wallets.
 *
 * @example
 * ```ts
 * import { hashVoucher, restoreParity } from '@aitoken/inference'
 *
 * export const redeemable = (voucher: hashVoucher.Parameters, signer: `0x${string}`, signature: `0x${string}`) =>
 *   restoreParity({ digest: hashVoucher(voucher), signature, signer })
 * ```
 */
export function restoreParity(parameters: restoreParity.Parameters): Hex {
  const { digest, engine = createNobleEngine({ tables: 0 }), signature, signer } = parameters
  const hash = readHex(digest, 32)
  const bytes = readHex(signature, 65)
  if (!hash || !bytes) return signature
  for (const parity of [bytes[64] === 28 ? 28 : 27, bytes[64] === 28 ? 27 : 28]) {
    bytes[64] = parity
    try {
      if (isSameAddress(toAddress(engine, engine.recover(hash, bytes)), signer)) return toHex(bytes)
    } catch {
      return signature // not ECDSA: the signer's contract will judge it
    }
  }
  return signature
}

export declare namespace restoreParity {
  type Parameters = {
    /** The 32 bytes that were signed. */
    digest: Hex
    /** What recovers. @default the pure JavaScript engine */
    engine?: SignatureEngine | undefined
    /** The signature, of 65 bytes. */
    signature: Hex
    /** Who signed. */
    signer: Address
  }
}
