import { AitokenError } from './AitokenError.js'
import { CallFailedError } from './CallFailedError.js'
import { ContractMissingError } from './ContractMissingError.js'
import type { ContractRevertError } from './ContractRevertError.js'
import { findCause } from './findCause.js'
import { fromRevert } from './fromRevert.js'
import { InsufficientFundsError } from './InsufficientFundsError.js'
import { UserRejectedError } from './UserRejectedError.js'

/**
 * Turns whatever a call threw into the error that says what happened.
 *
 * @param cause - What was thrown.
 * @param parameters - {@link toCallError.Parameters}
 * @returns The typed error, with `cause` kept.
 */
export function toCallError(cause: unknown, parameters: toCallError.Parameters): AitokenError {
  if (AitokenError.is(cause)) return cause
  const { account, address, functionName } = parameters
  if (named(cause, 'UserRejectedRequestError')) return new UserRejectedError({ cause, what: functionName })
  if (account && named(cause, 'InsufficientFundsError'))
    return new InsufficientFundsError({ account, cause, functionName })
  if (named(cause, 'ContractFunctionZeroDataError'))
    return new ContractMissingError({ address, cause, functionName })
  return fromRevert(cause, parameters) ?? new CallFailedError({ cause, functionName })
}

export declare namespace toCallError {
  type Parameters = fromRevert.Parameters & {
    /** Who sends, for a write. */
    account?: `0x${string}` | undefined
    /** The contract called. */
    address: `0x${string}`
  }
  /** What any call can fail with, whatever its contract. */
  type ErrorType = CallFailedError | ContractRevertError | InsufficientFundsError | UserRejectedError
}

function named(cause: unknown, name: string): boolean {
  return findCause(cause, (error): error is object => Reflect.get(error, 'name') === name) !== undefined
}
