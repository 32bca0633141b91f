import type { Hex } from 'viem'

import { AitokenError } from './AitokenError.js'

/** Thrown when a contract reverts for a reason that has no class of its own. */
export class ContractRevertError extends AitokenError {
  override readonly name = 'ContractRevertError'

  /** Values the custom error carried. */
  readonly args: readonly unknown[]

  /** What the contract returned, undecoded. */
  readonly data: Hex | undefined

  /** The function that was called. */
  readonly functionName: string

  /** The reason the contract gave as text, if it gave one. */
  readonly reason: string | undefined

  /** Name of the custom error the contract raised, if it is known. */
  readonly revert: string | undefined

  constructor({ args = [], cause, data, functionName, reason, revert }: ContractRevertError.Options) {
    const why =
      reason ?? revert ?? (data && data !== '0x' ? `unknown error ${data.slice(0, 10)}` : 'no reason given')
    super(`\`${functionName}\` was refused by the contract: ${why}.`, {
      cause,
      hints:
        data && data !== '0x' && !reason && !revert
          ? ['The error is of a contract whose ABI was not given.']
          : [],
    })
    this.args = args
    this.data = data
    this.functionName = functionName
    this.reason = reason
    this.revert = revert
  }
}

export declare namespace ContractRevertError {
  type Options = {
    args?: readonly unknown[] | undefined
    cause?: unknown
    data?: Hex | undefined
    functionName: string
    reason?: string | undefined
    revert?: string | undefined
  }
}
