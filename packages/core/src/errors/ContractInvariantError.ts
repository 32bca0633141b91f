import { AitokenError } from './AitokenError.js'

/** Thrown when a contract reports a state that its own checks rule out. */
export class ContractInvariantError extends AitokenError {
  override readonly name = 'ContractInvariantError'

  /** Name of the custom error. */
  readonly revert: string

  constructor({ cause, revert }: ContractInvariantError.Options) {
    super(`The contract reported \`${revert}\`, which its own checks rule out.`, {
      cause,
      hints: ['Please report it, with the transaction.'],
    })
    this.revert = revert
  }
}

export declare namespace ContractInvariantError {
  type Options = { cause?: unknown; revert: string }
}
