import type { Address, Hex } from 'viem'
import { accountOf } from '../internal/accountOf.js'

import type { WriteClient } from '../internal/client.js'
import { sign } from '../internal/sign.js'
import type { TokenDomain } from '../permit/domain.js'
import { getDomain } from '../permit/getDomain.js'
import {
  type AuthorizationCancellationMessage,
  toAuthorizationCancellationTypedData,
} from './toAuthorizationCancellationTypedData.js'

/**
 * Signs that an authorization must not be used any more (ERC-3009). It costs no gas; whoever holds the result can submit it with {@link cancelAuthorization}.
 *
 * @param client - Client with the account that signs.
 * @param parameters - {@link signAuthorizationCancellation.Parameters}
 * @returns Everything {@link cancelAuthorization} takes: the message, its signature and the token.
 * @throws {@link DomainMismatchError} when the token states another contract or chain.
 * @throws {@link UserRejectedError} when the wallet's owner declines.
 *
 * @example
 * ```ts
 * import { cancelAuthorization, signAuthorizationCancellation, type WriteClient } from '@aitoken/core'
 *
 * export async function sponsor(holder: WriteClient, relayer: WriteClient) {
 *   const signed = await signAuthorizationCancellation(holder, { nonce: `0x${'11'.repeat(32)}` })
 *   return cancelAuthorization(relayer, signed)
 * }
 * ```
 */
export async function signAuthorizationCancellation(
  client: WriteClient,
  parameters: signAuthorizationCancellation.Parameters,
): Promise<signAuthorizationCancellation.ReturnType> {
  const { address } = accountOf(client, 'signAuthorizationCancellation')
  const { token = parameters.domain?.verifyingContract } = parameters
  const domain = parameters.domain ?? (await getDomain(client, { token }))
  const message: AuthorizationCancellationMessage = {
    authorizer: address,
    nonce: parameters.nonce,
  }
  const signature = await sign(client, toAuthorizationCancellationTypedData({ ...message, domain }))
  return { ...message, signature, token: domain.verifyingContract }
}

export declare namespace signAuthorizationCancellation {
  type Parameters = {
    /** The token's domain, to spare reading it. @default read from the token */
    domain?: TokenDomain | undefined
    /** Nonce of the authorization to cancel. */
    nonce: Hex
    /** Token contract. @default the domain's, or the one deployed on the client's chain */
    token?: Address | undefined
  }
  type ReturnType = AuthorizationCancellationMessage & { signature: Hex; token: Address }
  type ErrorType = getDomain.ErrorType | sign.ErrorType
}
