import type { Account } from 'viem'

import { AccountMissingError } from '../errors/AccountMissingError.js'

/** The client's account. The types ask for one, but JavaScript, and a client typed too widely, may bring none. */
export function accountOf(client: { account?: Account | undefined }, action: string): Account {
  if (!client.account) throw new AccountMissingError({ action })
  return client.account
}

export declare namespace accountOf {
  type ErrorType = AccountMissingError
}
