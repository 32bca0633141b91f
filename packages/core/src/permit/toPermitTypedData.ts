import type { Address, TypedDataDefinition } from 'viem'

import type { TokenDomain } from './domain.js'

/** An allowance, to be given by signature (ERC-2612). */
export type PermitMessage = {
  /** The allowance, in base units. */
  amount: bigint
  /** Last second at which the signature is valid, since 1970. */
  deadline: bigint
  /** The owner's nonce at the token. */
  nonce: bigint
  /** Whose tokens; who signs. */
  owner: Address
  /** Who may spend them. */
  spender: Address
}

/** The one description of the message that is signed, hashed and verified. */
export function toPermitTypedData(parameters: PermitMessage & { domain: TokenDomain }): TypedDataDefinition {
  const { domain, amount, deadline, nonce, owner, spender } = parameters
  return {
    domain,
    message: { deadline, nonce, owner, spender, value: amount },
    primaryType: 'Permit',
    types: {
      Permit: [
        { name: 'owner', type: 'address' },
        { name: 'spender', type: 'address' },
        { name: 'value', type: 'uint256' },
        { name: 'nonce', type: 'uint256' },
        { name: 'deadline', type: 'uint256' },
      ],
    },
  }
}
