import type { Hex } from 'viem'

import { verifySigner } from '../internal/verifySigner.js'
import type { TokenDomain } from './domain.js'
import { type PermitMessage, toPermitTypedData } from './toPermitTypedData.js'

/**
 * Verifies that `owner` signed a permit (ERC-2612), as the token does: by key, without a node.
 * It does not tell whether the signature is in time, unused and covered; the chain does.
 *
 * @param parameters - {@link verifyPermit.Parameters}
 * @throws {@link InvalidSignatureError} when the signature is malformed.
 * @throws {@link SignerMismatchError} when someone else signed, or any field, the chain or the token differs.
 *
 * @example
 * ```ts
 * import { getDomain, signPermit, verifyPermit, type WriteClient } from '@aitoken/core'
 *
 * export async function signAndVerify(client: WriteClient) {
 *   const signed = await signPermit(client, { amount: 1_000_000n, spender: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC' })
 *   await verifyPermit({ ...signed, domain: await getDomain(client) })
 * }
 * ```
 */
export async function verifyPermit(parameters: verifyPermit.Parameters): Promise<void> {
  const { signature, ...message } = parameters
  await verifySigner({ expected: message.owner, signature, typedData: toPermitTypedData(message) })
}

export declare namespace verifyPermit {
  type Parameters = PermitMessage & {
    /** The token's domain; see {@link getDomain}. */
    domain: TokenDomain
    /** The signature. */
    signature: Hex
  }
  type ErrorType = verifySigner.ErrorType
}
