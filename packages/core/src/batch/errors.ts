import type { Hash } from 'viem'

import { AitokenError } from '../errors/AitokenError.js'

/** Thrown when one call of a batch fails; the calls after it were not sent. */
export class BatchFailedError extends AitokenError {
  override readonly name = 'BatchFailedError'

  /** Which call failed, from 0; undefined when the wallet does not tell. */
  readonly index: number | undefined

  /** Transactions that succeeded before it; their effects stay. */
  readonly sent: readonly Hash[]

  constructor({ cause, index, sent, total }: BatchFailedError.Options) {
    const which = index === undefined ? 'The batch' : `Call ${index + 1} of ${total}`
    super(`${which} failed${AitokenError.is(cause) ? `: ${cause.shortMessage}` : '.'}`, {
      cause,
      hints: [
        ...(AitokenError.is(cause) ? cause.hints : []),
        sent.length > 0
          ? `${sent.length} transactions before it were included and stay: send only the rest again.`
          : 'Nothing before it was included.',
      ],
    })
    this.index = index
    this.sent = sent
  }
}

export declare namespace BatchFailedError {
  type Options = { cause?: unknown; index?: number | undefined; sent: readonly Hash[]; total: number }
}

/** Thrown when a batch must happen as a whole, but the account can only send one transaction after another. */
export class AtomicityUnsupportedError extends AitokenError {
  override readonly name = 'AtomicityUnsupportedError'

  constructor({ cause }: AtomicityUnsupportedError.Options) {
    super('This account cannot make several calls as one.', {
      cause,
      hints: ['Use a smart account or an ERC-5792 wallet, or leave `atomic` out.'],
    })
  }
}

export declare namespace AtomicityUnsupportedError {
  type Options = { cause?: unknown }
}
