import type { Hex } from 'viem'

import { verifySigner } from '../internal/verifySigner.js'
import type { TokenDomain } from '../permit/domain.js'
import {
  type TransferAuthorizationMessage,
  toTransferAuthorizationTypedData,
} from './toTransferAuthorizationTypedData.js'

/**
 * Verifies that `from` signed a transfer authorization (ERC-3009), as the token does: by key, without a node.
 * It does not tell whether the signature is in time, unused and covered; the chain does.
 *
 * @param parameters - {@link verifyTransferAuthorization.Parameters}
 * @throws {@link InvalidSignatureError} when the signature is malformed.
 * @throws {@link SignerMismatchError} when someone else signed, or any field, the chain or the token differs.
 *
 * @example
 * ```ts
 * import { getDomain, signTransferAuthorization, verifyTransferAuthorization, type WriteClient } from '@aitoken/core'
 *
 * export async function signAndVerify(client: WriteClient) {
 *   const signed = await signTransferAuthorization(client, { amount: 1_000_000n, to: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC' })
 *   await verifyTransferAuthorization({ ...signed, domain: await getDomain(client) })
 * }
 * ```
 */
export async function verifyTransferAuthorization(
  parameters: verifyTransferAuthorization.Parameters,
): Promise<void> {
  const { signature, ...message } = parameters
  await verifySigner({
    expected: message.from,
    signature,
    typedData: toTransferAuthorizationTypedData(message),
  })
}

export declare namespace verifyTransferAuthorization {
  type Parameters = TransferAuthorizationMessage & {
    /** The token's domain; see {@link getDomain}. */
    domain: TokenDomain
    /** The signature. */
    signature: Hex
  }
  type ErrorType = verifySigner.ErrorType
}
