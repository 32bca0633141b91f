import type { Address, TypedDataDefinition } from 'viem'

import type { TokenDomain } from '../permit/domain.js'

/** A delegation of votes, to be made by signature (ERC-5805). */
export type DelegationMessage = {
  /** Who votes from now on. */
  delegatee: Address
  /** Whose votes; who signs. The token recovers it from the signature. */
  delegator: Address
  /** Last second at which the signature is valid, since 1970. */
  expiry: bigint
  /** The delegator's nonce at the token. */
  nonce: bigint
}

/** The one description of the message that is signed, hashed and verified. */
export function toDelegationTypedData(
  parameters: DelegationMessage & { domain: TokenDomain },
): TypedDataDefinition {
  const { domain, delegatee, expiry, nonce } = parameters
  return {
    domain,
    message: { delegatee, expiry, nonce },
    primaryType: 'Delegation',
    types: {
      Delegation: [
        { name: 'delegatee', type: 'address' },
        { name: 'nonce', type: 'uint256' },
        { name: 'expiry', type: 'uint256' },
      ],
    },
  }
}
