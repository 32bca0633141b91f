import { AitokenError } from '../errors/AitokenError.js'

/** Thrown when votes are asked for at a time that has not passed yet (ERC-5805). */
export class FutureLookupError extends AitokenError {
  override readonly name = 'FutureLookupError'

  /** The token's time, in seconds since 1970. */
  readonly clock: number

  /** The time asked for. */
  readonly timepoint: bigint

  constructor({ cause, clock, timepoint }: FutureLookupError.Options) {
    super(`Votes at ${timepoint} are not final: the clock says ${clock}.`, {
      cause,
      hints: ['Ask for an earlier second, or use `getVotes` for now.'],
    })
    this.clock = clock
    this.timepoint = timepoint
  }
}

export declare namespace FutureLookupError {
  type Options = { cause?: unknown; clock: number; timepoint: bigint }
}
