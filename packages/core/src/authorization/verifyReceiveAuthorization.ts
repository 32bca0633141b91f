import type { Hex } from 'viem'

import { verifySigner } from '../internal/verifySigner.js'
import type { TokenDomain } from '../permit/domain.js'
import {
  type ReceiveAuthorizationMessage,
  toReceiveAuthorizationTypedData,
} from './toReceiveAuthorizationTypedData.js'

/**
 * Verifies that `from` signed a receive authorization (ERC-3009), as the token does: by key, without a node.
 * It does not tell whether the signature is in time, unused and covered; the chain does.
 *
 * @param parameters - {@link verifyReceiveAuthorization.Parameters}
 * @throws {@link InvalidSignatureError} when the signature is malformed.
 * @throws {@link SignerMismatchError} when someone else signed, or any field, the chain or the token differs.
 *
 * @example
 * ```ts
 * import { getDomain, signReceiveAuthorization, verifyReceiveAuthorization, type WriteClient } from '@aitoken/core'
 *
 * export async function signAndVerify(client: WriteClient) {
 *   const signed = await signReceiveAuthorization(client, { amount: 1_000_000n, to: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC' })
 *   await verifyReceiveAuthorization({ ...signed, domain: await getDomain(client) })
 * }
 * ```
 */
export async function verifyReceiveAuthorization(
  parameters: verifyReceiveAuthorization.Parameters,
): Promise<void> {
  const { signature, ...message } = parameters
  await verifySigner({
    expected: message.from,
    signature,
    typedData: toReceiveAuthorizationTypedData(message),
  })
}

export declare namespace verifyReceiveAuthorization {
  type Parameters = ReceiveAuthorizationMessage & {
    /** The token's domain; see {@link getDomain}. */
    domain: TokenDomain
    /** The signature. */
    signature: Hex
  }
  type ErrorType = verifySigner.ErrorType
}
