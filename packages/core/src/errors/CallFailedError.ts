import { AitokenError } from './AitokenError.js'

/** Thrown when a call got no answer from the contract: the node or the wallet failed before it could run. */
export class CallFailedError extends AitokenError {
  override readonly name = 'CallFailedError'

  /** The function that was called. */
  readonly functionName: string

  constructor({ cause, functionName }: CallFailedError.Options) {
    super(`\`${functionName}\` did not reach the contract: ${summaryOf(cause)}`, {
      cause,
      hints: ['Nothing was changed by this call. See `cause` for what the node or the wallet answered.'],
    })
    this.functionName = functionName
  }
}

export declare namespace CallFailedError {
  type Options = { cause: unknown; functionName: string }
}

/** One line of what a library said, without the request it repeats. */
function summaryOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  const { details, shortMessage } = cause as { details?: unknown; shortMessage?: unknown }
  const text = typeof details === 'string' && details ? details : shortMessage
  return typeof text === 'string' && text ? text : cause.message
}
