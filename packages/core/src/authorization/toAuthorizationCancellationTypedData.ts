import type { Address, Hex, TypedDataDefinition } from 'viem'

import type { TokenDomain } from '../permit/domain.js'

/** The cancellation of an authorization that was not used yet (ERC-3009). */
export type AuthorizationCancellationMessage = {
  /** Who signed the authorization, and signs its cancellation. */
  authorizer: Address
  /** The authorization's nonce. */
  nonce: Hex
}

/** The one description of the message that is signed, hashed and verified. */
export function toAuthorizationCancellationTypedData(
  parameters: AuthorizationCancellationMessage & { domain: TokenDomain },
): TypedDataDefinition {
  const { domain, authorizer, nonce } = parameters
  return {
    domain,
    message: { authorizer, nonce },
    primaryType: 'CancelAuthorization',
    types: {
      CancelAuthorization: [
        { name: 'authorizer', type: 'address' },
        { name: 'nonce', type: 'bytes32' },
      ],
    },
  }
}
