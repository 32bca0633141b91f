import type { Address } from 'viem'

import { AitokenError } from '../errors/AitokenError.js'

/** Thrown when a token states an EIP-712 domain that is not its own: another contract or another chain. */
export class DomainMismatchError extends AitokenError {
  override readonly name = 'DomainMismatchError'

  /** The token that was asked. */
  readonly token: Address

  /** The contract it named. */
  readonly verifyingContract: Address

  constructor({ chainId, expectedChainId, token, verifyingContract }: DomainMismatchError.Options) {
    super(
      `Token ${token} on chain ${expectedChainId} states the domain of ${verifyingContract} on chain ${chainId}.`,
      { hints: ["Do not sign for it. Check the address, and that the client's chain is the node's."] },
    )
    this.token = token
    this.verifyingContract = verifyingContract
  }
}

export declare namespace DomainMismatchError {
  type Options = {
    chainId: bigint
    expectedChainId: number
    token: Address
    verifyingContract: Address
  }
}
