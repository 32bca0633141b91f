import type { Address, Hex } from 'viem'

import { isSameAddress } from '../internal/address.js'
import { recoverSigner } from '../signature/recoverSigner.js'
import { GrantMalformedError, GrantSignerError } from './errors.js'
import { hashSessionGrant } from './hashSessionGrant.js'

/**
 * Checks that an account signed a session's grant (EIP-712, ECDSA). Whether it has expired is not checked.
 *
 * @param parameters - {@link verifySessionGrant.Parameters}, the limit in base units.
 * @throws {@link GrantSignerError} when somebody else signed, or anything but this was signed.
 * @throws {@link GrantMalformedError} when the signature or a value is malformed.
 *
 * @example
 * ```ts
 * import { type InferenceDomain, type SessionGrant, verifySessionGrant } from '@aitoken/inference'
 *
 * export const check = (
 *   grant: InferenceDomain & SessionGrant,
 *   signature: `0x${string}`,
 *   signer: `0x${string}`,
 * ) => verifySessionGrant({ ...grant, signature, signer })
 * ```
 */
export async function verifySessionGrant(parameters: verifySessionGrant.Parameters): Promise<void> {
  const { engine, signature, signer } = parameters
  const recovered = recoverSigner({
    digest: hashSessionGrant(parameters),
    engine,
    signature,
    wrap: (cause) => new GrantMalformedError({ cause, reason: 'its signature is malformed' }),
  })
  if (!isSameAddress(recovered, signer)) throw new GrantSignerError({ expected: signer, recovered })
}

export declare namespace verifySessionGrant {
  type Parameters = hashSessionGrant.Parameters & {
    /** The signature, of 65 bytes. */
    signature: Hex
    /** Who should have signed: the channel's authorized signer, or its payer. */
    signer: Address
  }
  type ErrorType = GrantSignerError | hashSessionGrant.ErrorType
}
