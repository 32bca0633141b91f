import { AitokenError } from '@aitoken/core/errors'

/** Thrown when a provider has less bonded than what should leave. */
export class BondInsufficientError extends AitokenError {
  override readonly name = 'BondInsufficientError'

  /** What is bonded, in base units. */
  readonly bond: bigint

  /** What was asked for, in base units. */
  readonly needed: bigint

  constructor({ bond, cause, id, needed }: BondInsufficientError.Options) {
    super(`Provider ${id} has ${bond} base units bonded, but ${needed} should leave.`, {
      cause,
      hints: ['Unbond less; `getProvider` says what is bonded.'],
    })
    this.bond = bond
    this.needed = needed
  }
}

export declare namespace BondInsufficientError {
  type Options = {
    /** What is bonded, in base units. */
    bond: bigint
    /** The error that led to this one. */
    cause?: unknown
    /** The provider. */
    id: bigint
    /** What was asked for, in base units. */
    needed: bigint
  }
}

/** Thrown when nothing of a bond is on its way out. */
export class NothingUnbondingError extends AitokenError {
  override readonly name = 'NothingUnbondingError'

  constructor({ cause, id }: { cause?: unknown; id: bigint }) {
    super(`Nothing of provider ${id}'s bond is unbonding.`, {
      cause,
      hints: ['Call `unbondProvider` first, and wait for the delay.'],
    })
  }
}

/** Thrown when a bond is withdrawn before its delay is over. */
export class StillUnbondingError extends AitokenError {
  override readonly name = 'StillUnbondingError'

  /** Unix time in seconds from which it may be withdrawn. */
  readonly releaseAt: bigint

  constructor({ cause, id, releaseAt }: { cause?: unknown; id: bigint; releaseAt: bigint }) {
    super(
      `The bond of provider ${id} is unbonding until ${new Date(Number(releaseAt) * 1000).toISOString()}.`,
      {
        cause,
        hints: ['Wait until then. Nothing shortens the delay.'],
      },
    )
    this.releaseAt = releaseAt
  }
}

/** Thrown when a provider without a bond should lose some. */
export class NothingBondedError extends AitokenError {
  override readonly name = 'NothingBondedError'

  constructor({ cause, id }: { cause?: unknown; id: bigint }) {
    super(`Provider ${id} has nothing to lose.`, {
      cause,
      hints: ['It has no bond, or lost or withdrew it already.'],
    })
  }
}

/** Thrown when the bond token moved another amount than it was asked for. */
export class BondMismatchError extends AitokenError {
  override readonly name = 'BondMismatchError'

  constructor({ actual, cause, expected }: { actual: bigint; cause?: unknown; expected: bigint }) {
    super(`The bond token left the registry with ${actual} base units instead of ${expected}.`, {
      cause,
      hints: ['Tokens that take a fee on transfer cannot be bonded.'],
    })
  }
}

/** Thrown when a registry is deployed with an unbonding delay outside of its bounds. */
export class UnbondingDelayError extends AitokenError {
  override readonly name = 'UnbondingDelayError'

  constructor({ cause, delay, maximum, minimum }: UnbondingDelayError.Options) {
    super(`An unbonding delay of ${delay} seconds is not between ${minimum} and ${maximum}.`, {
      cause,
      hints: ['Pass 7 to 30 days, in seconds.'],
    })
  }
}

export declare namespace UnbondingDelayError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** The delay, in seconds. */
    delay: bigint
    /** The longest, in seconds. */
    maximum: bigint
    /** The shortest, in seconds. */
    minimum: bigint
  }
}
