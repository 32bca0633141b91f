import type { Address } from 'viem'

import { isSameAddress } from '../internal/address.js'
import { ReceiptSignerError } from '../receipt/errors.js'
import type { SignatureEngine } from '../signature/engine.js'
import type { ConflictProof } from './conflictProof.js'
import { ProofInvalidError } from './errors.js'
import { proveConflict } from './proveConflict.js'

/**
 * Checks a proof that a provider contradicts itself, whoever made it: the signatures, the channel and the
 * contradiction. Nothing is read from a chain.
 *
 * @param proof - The proof.
 * @param parameters - {@link verifyConflict.Parameters}
 * @throws {@link ProofInvalidError} when it proves no contradiction, or another one than it says.
 * @throws {@link ReceiptSignerError} when somebody else signed a receipt.
 * @throws `SignatureMalformedError` when a signature is none.
 *
 * @example
 * ```ts
 * import { decodeProof, verifyConflict } from '@aitoken/inference'
 *
 * export async function judge(text: string, accused: `0x${string}`) {
 *   const proof = decodeProof(text)
 *   if (proof.kind !== 'overcapture') await verifyConflict(proof, { signer: accused })
 * }
 * ```
 */
export async function verifyConflict(
  proof: ConflictProof,
  { engine, signer }: verifyConflict.Parameters = {},
): Promise<void> {
  const { kind, signers } = proveConflict({ ...proof, engine })
  if (kind !== proof.kind)
    throw new ProofInvalidError({
      reason: `the receipts contradict each other in ${kind}, not in ${proof.kind}`,
    })
  for (const [index, recovered] of signers.entries()) {
    const named = proof.signers[index === 0 ? 0 : 1]
    for (const expected of signer ? [named, signer] : [named])
      if (!isSameAddress(recovered, expected)) throw new ReceiptSignerError({ recovered, signer: expected })
  }
}

export declare namespace verifyConflict {
  type Parameters = {
    /** What hashes and recovers. @default the pure JavaScript engine */
    engine?: SignatureEngine | undefined
    /** Who is accused: both receipts must be signed by this key. @default whom the proof names */
    signer?: Address | undefined
  }
  type ErrorType = ReceiptSignerError | proveConflict.ErrorType
}
