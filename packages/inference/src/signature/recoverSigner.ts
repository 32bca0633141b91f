import type { Address, Hex } from 'viem'

import { toAddress, toChecksum } from '../internal/address.js'
import { readHex } from '../internal/hex.js'
import { createNobleEngine } from './createNobleEngine.js'
import type { SignatureEngine } from './engine.js'
import { SignatureMalformedError } from './errors.js'
import { parseSignature } from './parseSignature.js'

/**
 * Recovers who signed a digest, by the contract's own strict rules.
 *
 * @param parameters - {@link recoverSigner.Parameters}
 * @returns The signer's address.
 * @throws {@link SignatureMalformedError} when no account can have signed; or what `wrap` makes of it.
 *
 * @example
 * ```ts
 * import { recoverSigner } from '@aitoken/inference'
 *
 * export const signerOf = (digest: `0x${string}`, signature: `0x${string}`) => recoverSigner({ digest, signature })
 * ```
 */
export function recoverSigner(parameters: recoverSigner.Parameters): Address {
  const { digest, engine = createNobleEngine({ tables: 0 }), signature, wrap = (cause) => cause } = parameters
  try {
    const hash = readHex(digest, 32)
    if (!hash) throw new SignatureMalformedError({ reason: 'what it signs is not 32 bytes' })
    return toChecksum(engine, toAddress(engine, engine.recover(hash, parseSignature(signature))))
  } catch (cause) {
    throw cause instanceof SignatureMalformedError ? wrap(cause) : cause
  }
}

export declare namespace recoverSigner {
  type Parameters = {
    /** The 32 bytes that were signed. */
    digest: Hex
    /** What recovers. @default the pure JavaScript engine */
    engine?: SignatureEngine | undefined
    /** The signature, of 65 bytes. */
    signature: Hex | Uint8Array
    /** Names the failure after what was signed. @default the {@link SignatureMalformedError} itself */
    wrap?: ((cause: SignatureMalformedError) => Error) | undefined
  }
  type ErrorType = SignatureMalformedError
}
