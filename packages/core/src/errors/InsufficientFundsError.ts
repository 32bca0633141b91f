import type { Address } from 'viem'

import { AitokenError } from './AitokenError.js'

/** Thrown when an account cannot pay for a transaction's gas and value. */
export class InsufficientFundsError extends AitokenError {
  override readonly name = 'InsufficientFundsError'

  /** The account that cannot pay. */
  readonly account: Address

  constructor({ account, cause, functionName }: InsufficientFundsError.Options) {
    super(`${account} cannot pay for the gas and the value of \`${functionName}\`.`, {
      cause,
      hints: ["Send some of the chain's native coin to the account first."],
    })
    this.account = account
  }
}

export declare namespace InsufficientFundsError {
  type Options = { account: Address; cause?: unknown; functionName: string }
}
