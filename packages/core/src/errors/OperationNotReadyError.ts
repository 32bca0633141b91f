import type { Hex } from 'viem'

import { AitokenError } from './AitokenError.js'

/** Thrown when a call must be scheduled at the access manager, and is not, not long enough ago, or too long ago. */
export class OperationNotReadyError extends AitokenError {
  override readonly name = 'OperationNotReadyError'

  /** The operation, as the access manager counts it. */
  readonly operationId: Hex

  /** What it lacks. */
  readonly state: 'early' | 'expired' | 'unscheduled'

  constructor({ cause, operationId, state }: OperationNotReadyError.Options) {
    const why = {
      early: 'was scheduled too recently',
      expired: 'has expired',
      unscheduled: 'is not scheduled',
    }
    super(`Operation ${operationId} ${why[state]} at the access manager.`, {
      cause,
      hints: [
        state === 'early'
          ? 'Wait until its delay has passed: `getSchedule` on the access manager says when.'
          : 'The account may make this call only with a delay: `schedule` it on the access manager first.',
      ],
    })
    this.operationId = operationId
    this.state = state
  }
}

export declare namespace OperationNotReadyError {
  type Options = { cause?: unknown; operationId: Hex; state: 'early' | 'expired' | 'unscheduled' }
}
