import { AitokenError } from './AitokenError.js'

/** Thrown when an action needs an account to act for, and the client has none. */
export class AccountMissingError extends AitokenError {
  override readonly name = 'AccountMissingError'

  /** What was to be done. */
  readonly action: string

  constructor({ action }: AccountMissingError.Options) {
    super(`\`${action}\` needs an account, but the client has none.`, {
      hints: ['Pass `account` where the client is created.'],
    })
    this.action = action
  }
}

export declare namespace AccountMissingError {
  type Options = { action: string }
}
