import type { Hex } from 'viem'

import { verifySigner } from '../internal/verifySigner.js'
import type { TokenDomain } from '../permit/domain.js'
import {
  type AuthorizationCancellationMessage,
  toAuthorizationCancellationTypedData,
} from './toAuthorizationCancellationTypedData.js'

/**
 * Verifies that `authorizer` signed the cancellation of an authorization (ERC-3009), as the token does: by key, without a node.
 * It does not tell whether the signature is in time, unused and covered; the chain does.
 *
 * @param parameters - {@link verifyAuthorizationCancellation.Parameters}
 * @throws {@link InvalidSignatureError} when the signature is malformed.
 * @throws {@link SignerMismatchError} when someone else signed, or any field, the chain or the token differs.
 *
 * @example
 * ```ts
 * import { getDomain, signAuthorizationCancellation, verifyAuthorizationCancellation, type WriteClient } from '@aitoken/core'
 *
 * export async function signAndVerify(client: WriteClient) {
 *   const signed = await signAuthorizationCancellation(client, { nonce: `0x${'11'.repeat(32)}` })
 *   await verifyAuthorizationCancellation({ ...signed, domain: await getDomain(client) })
 * }
 * ```
 */
export async function verifyAuthorizationCancellation(
  parameters: verifyAuthorizationCancellation.Parameters,
): Promise<void> {
  const { signature, ...message } = parameters
  await verifySigner({
    expected: message.authorizer,
    signature,
    typedData: toAuthorizationCancellationTypedData(message),
  })
}

export declare namespace verifyAuthorizationCancellation {
  type Parameters = AuthorizationCancellationMessage & {
    /** The token's domain; see {@link getDomain}. */
    domain: TokenDomain
    /** The signature. */
    signature: Hex
  }
  type ErrorType = verifySigner.ErrorType
}
