import type { Address } from 'viem'

import { AitokenError } from './AitokenError.js'

/** Thrown when there is no contract at an address, or none that answers a function. */
export class ContractMissingError extends AitokenError {
  override readonly name = 'ContractMissingError'

  /** Where the contract was expected. */
  readonly address: Address

  constructor({ address, cause, functionName }: ContractMissingError.Options) {
    super(`${address} ${cause ? 'did not answer' : 'has no code for'} \`${functionName}\`.`, {
      cause,
      hints: ['Check the address and the chain: there is no contract, or one without that function.'],
    })
    this.address = address
  }
}

export declare namespace ContractMissingError {
  type Options = { address: Address; cause?: unknown; functionName: string }
}
