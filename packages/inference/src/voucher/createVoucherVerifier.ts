import type { Address, Hex } from 'viem'

import { toAddress, toChecksum } from '../internal/address.js'
import { createNobleEngine } from '../signature/createNobleEngine.js'
import { SignatureMalformedError } from '../signature/errors.js'
import { parseSignature } from '../signature/parseSignature.js'
import { createVoucherHasher } from './createVoucherHasher.js'
import { VoucherMalformedError, VoucherSignerError } from './errors.js'

/**
 * Prepares the checking of one contract's vouchers, for servers: at once, without a promise, and with the public
 * keys of signers that came before remembered. Of a signer it knows, the verifier checks `r` and `s`; the last
 * byte of the signature only names one of two candidate keys, and settling puts the right one there.
 *
 * @param parameters - {@link createVoucherVerifier.Parameters}
 * @returns `verify`, which returns nothing and throws when the voucher is not the signer's.
 * @throws {@link VoucherMalformedError} when `channels` is not an address.
 *
 * @example
 * ```ts
 * import { createVoucherVerifier, loadEngine } from '@aitoken/inference'
 *
 * export async function verifierOf(chainId: number, channels: `0x${string}`) {
 *   return createVoucherVerifier({ chainId, channels, engine: await loadEngine() })
 * }
 * ```
 */
export function createVoucherVerifier(
  parameters: createVoucherVerifier.Parameters,
): createVoucherVerifier.ReturnType {
  const { chainId, channels, engine = createNobleEngine(), capacity = 10_000 } = parameters
  const hash = createVoucherHasher({ chainId, channels, engine })
  const keys = new Map<string, Uint8Array>()

  return {
    verify({ channelId, cumulativeAmount, signature, signer }) {
      const digest = hash({ channelId, cumulativeAmount })
      const bytes = parse(signature)
      const name = signer.toLowerCase()
      const known = keys.get(name)
      if (known) {
        if (!engine.verify(digest, bytes, known)) throw new VoucherSignerError({ expected: signer })
        return
      }
      const publicKey = reading(() => engine.recover(digest, bytes))
      const recovered = toAddress(engine, publicKey)
      if (recovered !== name)
        throw new VoucherSignerError({ expected: signer, recovered: toChecksum(engine, recovered) })
      const oldest = keys.size >= capacity ? keys.keys().next().value : undefined
      if (oldest !== undefined) keys.delete(oldest)
      keys.set(name, publicKey)
    },
  }
}

export declare namespace createVoucherVerifier {
  type Parameters = createVoucherHasher.Parameters & {
    /** How many signers to remember, about 250 bytes each. @default 10_000 */
    capacity?: number | undefined
  }
  type ReturnType = {
    /**
     * Checks a voucher.
     *
     * @throws {@link VoucherSignerError} when somebody else signed, or anything but this voucher was signed.
     * @throws {@link VoucherMalformedError} when the signature or the channel id is malformed.
     * @throws {@link VoucherAmountError} when the amount does not fit into 96 bits.
     */
    verify(voucher: {
      /** Channel the payment draws on. */
      channelId: Hex | Uint8Array
      /** Total owed since the channel opened, in base units. */
      cumulativeAmount: bigint
      /** The signature, of 65 bytes. */
      signature: Hex | Uint8Array
      /** Who should have signed. */
      signer: Address
    }): void
  }
  type ErrorType = createVoucherHasher.ErrorType | VoucherSignerError
}

/** Reads the signature, and calls its faults the voucher's. */
function parse(signature: Hex | Uint8Array): Uint8Array {
  return reading(() => parseSignature(signature))
}

function reading(read: () => Uint8Array): Uint8Array {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof SignatureMalformedError)
      throw new VoucherMalformedError({ cause, reason: 'its signature is malformed' })
    throw cause
  }
}
