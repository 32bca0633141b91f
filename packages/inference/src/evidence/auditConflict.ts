import type { ReadClient } from '@aitoken/core'
import type { Address } from 'viem'

import { ReceiptConflictError } from '../receipt/errors.js'
import type { ConflictProof } from './conflictProof.js'
import { decodeProof } from './encodeProof.js'
import { type EvidenceContractError, EvidenceMalformedError, type ProofInvalidError } from './errors.js'
import { expectContract } from './expectContract.js'
import { readStanding } from './readStanding.js'
import { verifyConflict } from './verifyConflict.js'

/**
 * Reads the proof of a conflict that evidence holds.
 *
 * @param text - The proof, as `encodeProof` writes it.
 * @param line - Number of the line.
 * @returns The proof; nothing of it is trusted yet.
 * @throws {@link EvidenceMalformedError} when it is anything else.
 */
export function readConflict(text: string, line: number): ConflictProof {
  try {
    const proof = decodeProof(text)
    if (proof.kind !== 'overcapture') return proof
  } catch (cause) {
    throw new EvidenceMalformedError({ cause, line, reason: 'its proof cannot be read' })
  }
  throw new EvidenceMalformedError({ line, reason: 'its proof is of no conflict' })
}

/**
 * Audits the proof of a conflict: that it holds, that it is about the contract that is trusted, and that whoever signed
 * both receipts may sign for the payee.
 *
 * @param client - Client of the channels' chain.
 * @param proof - The proof.
 * @param parameters - {@link auditConflict.Parameters}
 * @returns What it proves, as the error that a payer would have seen.
 * @throws {@link EvidenceContractError} when it is about another contract.
 * @throws {@link ProofInvalidError} when both receipts can be true.
 * @throws What `verifyConflict` and {@link readStanding} throw besides.
 */
export async function auditConflict(
  client: ReadClient,
  proof: ConflictProof,
  parameters: auditConflict.Parameters,
): Promise<ReceiptConflictError> {
  const { channel, signers } = proof
  expectContract(client, { expected: parameters.channels, named: proof })
  await verifyConflict(proof)
  for (const signer of new Set(signers))
    await readStanding(client, { ...parameters, payee: channel.payee, signer })
  const { channelId, sequence } = proof.second.receipt
  return new ReceiptConflictError({ channelId, proof, sequence })
}

export declare namespace auditConflict {
  type Parameters = Omit<readStanding.Parameters, 'payee' | 'signer'> & {
    /** The contract that is trusted. */
    channels: Address
  }
  type ErrorType =
    | EvidenceContractError
    | ProofInvalidError
    | readStanding.ErrorType
    | verifyConflict.ErrorType
}
