import type { Hex } from 'viem'

import { verifySigner } from '../internal/verifySigner.js'
import type { TokenDomain } from '../permit/domain.js'
import { type DelegationMessage, toDelegationTypedData } from './toDelegationTypedData.js'

/**
 * Verifies that `delegator` signed a delegation (ERC-5805), as the token does: by key, without a node.
 * It does not tell whether the signature is in time, unused and covered; the chain does.
 *
 * @param parameters - {@link verifyDelegation.Parameters}
 * @throws {@link InvalidSignatureError} when the signature is malformed.
 * @throws {@link SignerMismatchError} when someone else signed, or any field, the chain or the token differs.
 *
 * @example
 * ```ts
 * import { getDomain, signDelegation, verifyDelegation, type WriteClient } from '@aitoken/core'
 *
 * export async function signAndVerify(client: WriteClient) {
 *   const signed = await signDelegation(client, { delegatee: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC' })
 *   await verifyDelegation({ ...signed, domain: await getDomain(client) })
 * }
 * ```
 */
export async function verifyDelegation(parameters: verifyDelegation.Parameters): Promise<void> {
  const { signature, ...message } = parameters
  await verifySigner({ expected: message.delegator, signature, typedData: toDelegationTypedData(message) })
}

export declare namespace verifyDelegation {
  type Parameters = DelegationMessage & {
    /** The token's domain; see {@link getDomain}. */
    domain: TokenDomain
    /** The signature. */
    signature: Hex
  }
  type ErrorType = verifySigner.ErrorType
}
