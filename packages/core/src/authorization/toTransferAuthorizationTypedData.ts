import type { Address, Hex, TypedDataDefinition } from 'viem'

import type { TokenDomain } from '../permit/domain.js'

/** A transfer that anybody may submit for its signer (ERC-3009). */
export type TransferAuthorizationMessage = {
  /** Amount in base units. */
  amount: bigint
  /** Whose tokens; who signs. */
  from: Address
  /** 32 bytes that make it unique. */
  nonce: Hex
  /** Who receives them. */
  to: Address
  /** Valid after this second, since 1970. */
  validAfter: bigint
  /** Valid before this second, since 1970. */
  validBefore: bigint
}

/** The one description of the message that is signed, hashed and verified. */
export function toTransferAuthorizationTypedData(
  parameters: TransferAuthorizationMessage & { domain: TokenDomain },
): TypedDataDefinition {
  const { domain, amount, from, nonce, to, validAfter, validBefore } = parameters
  return {
    domain,
    message: { from, nonce, to, validAfter, validBefore, value: amount },
    primaryType: 'TransferWithAuthorization',
    types: {
      TransferWithAuthorization: [
        { name: 'from', type: 'address' },
        { name: 'to', type: 'address' },
        { name: 'value', type: 'uint256' },
        { name: 'validAfter', type: 'uint256' },
        { name: 'validBefore', type: 'uint256' },
        { name: 'nonce', type: 'bytes32' },
      ],
    },
  }
}
