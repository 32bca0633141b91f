import { AitokenError } from '@aitoken/core/errors'
import type { Hex } from 'viem'

/** Thrown when nothing is left to pay. */
export class CaptureTooLowError extends AitokenError {
  override readonly name = 'CaptureTooLowError'

  /** Base units spent since the channel opened. */
  readonly capture: bigint

  /** Base units settled before. */
  readonly settled: bigint

  constructor({ capture, cause, settled }: CaptureTooLowError.Options) {
    super(`A capture of ${capture} base units is not above the ${settled} settled before.`, {
      cause,
      hints: ['Settle once more was spent, or close the channel.'],
    })
    this.capture = capture
    this.settled = settled
  }
}

export declare namespace CaptureTooLowError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** Base units spent since the channel opened. */
    capture: bigint
    /** Base units settled before. */
    settled: bigint
  }
}

/** Thrown when more is captured than the payer signed for. */
export class CaptureAboveAuthorizedError extends AitokenError {
  override readonly name = 'CaptureAboveAuthorizedError'

  /** Base units spent since the channel opened. */
  readonly capture: bigint

  /** Base units that the payer signed for. */
  readonly authorized: bigint

  constructor({ authorized, capture, cause }: CaptureAboveAuthorizedError.Options) {
    super(`A capture of ${capture} base units is above the ${authorized} that the payer authorized.`, {
      cause,
      hints: ['Capture at most the amount of the highest voucher.'],
    })
    this.capture = capture
    this.authorized = authorized
  }
}

export declare namespace CaptureAboveAuthorizedError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** Base units spent since the channel opened. */
    capture: bigint
    /** Base units that the payer signed for. */
    authorized: bigint
  }
}

/** Thrown when more is captured than the channel holds. */
export class CaptureAboveDepositError extends AitokenError {
  override readonly name = 'CaptureAboveDepositError'

  /** Base units spent since the channel opened. */
  readonly capture: bigint

  /** Base units put in since the channel opened. */
  readonly deposit: bigint

  constructor({ capture, cause, deposit }: CaptureAboveDepositError.Options) {
    super(`A capture of ${capture} base units is above the deposit of ${deposit}.`, {
      cause,
      hints: ['Let the payer top the channel up first.'],
    })
    this.capture = capture
    this.deposit = deposit
  }
}

export declare namespace CaptureAboveDepositError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** Base units spent since the channel opened. */
    capture: bigint
    /** Base units put in since the channel opened. */
    deposit: bigint
  }
}

/** Thrown when the rows of a batch end in the middle of one. */
export class RowsTruncatedError extends AitokenError {
  override readonly name = 'RowsTruncatedError'

  /** Index of the batch. */
  readonly batch: bigint

  /** Index of the incomplete row. */
  readonly row: bigint

  constructor({ batch, cause, row }: RowsTruncatedError.Options) {
    super(`Row ${row} of batch ${batch} is incomplete.`, {
      cause,
      hints: ['Pack rows with `packSettlements`.'],
    })
    this.batch = batch
    this.row = row
  }
}

export declare namespace RowsTruncatedError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** Index of the batch. */
    batch: bigint
    /** Index of the incomplete row. */
    row: bigint
  }
}

/** Thrown when a number of steps is zero or beyond the commitment. */
export class StreamStepsError extends AitokenError {
  override readonly name = 'StreamStepsError'

  /** Steps revealed. */
  readonly steps: bigint

  /** Steps that the payer committed to. */
  readonly maxSteps: bigint

  constructor({ cause, maxSteps, steps }: StreamStepsError.Options) {
    super(`${steps} steps cannot be settled of a stream of ${maxSteps}.`, {
      cause,
      hints: ['Settle 1 to `maxSteps` steps; a chain has at most 1,024.'],
    })
    this.steps = steps
    this.maxSteps = maxSteps
  }
}

export declare namespace StreamStepsError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** Steps revealed. */
    steps: bigint
    /** Steps that the payer committed to. */
    maxSteps: bigint
  }
}

/** Thrown when a link does not lead to the committed root. */
export class StreamPreimageError extends AitokenError {
  override readonly name = 'StreamPreimageError'

  /** The root that the payer committed to. */
  readonly root: Hex

  /** Where the link leads to. */
  readonly reached: Hex

  constructor({ cause, reached, root }: StreamPreimageError.Options) {
    super(`The link leads to ${reached}, not to the root ${root}.`, {
      cause,
      hints: ['Pass the last revealed link and how many links it stands for.'],
    })
    this.root = root
    this.reached = reached
  }
}

export declare namespace StreamPreimageError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** The root that the payer committed to. */
    root: Hex
    /** Where the link leads to. */
    reached: Hex
  }
}
