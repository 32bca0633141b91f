import type { Address } from 'viem'

import { AitokenError } from './AitokenError.js'

/** Thrown when a read gets no data, because no contract with that function is at the address. */
export class ContractMissingError extends AitokenError {
  override readonly name = 'ContractMissingError'

  /** Where the contract was expected. */
  readonly address: Address

  constructor({ address, cause, functionName }: ContractMissingError.Options) {
    super(`${address} did not answer \`${functionName}\`.`, {
      cause,
      hints: ['Check the address and the chain: there is no contract, or one without that function.'],
    })
    this.address = address
  }
}

export declare namespace ContractMissingError {
  type Options = { address: Address; cause?: unknown; functionName: string }
}
