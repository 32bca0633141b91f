import { AitokenError } from '@aitoken/core/errors'
import type { Address, Hex } from 'viem'

/** Thrown when somebody but the payer does what only the payer may. */
export class NotPayerError extends AitokenError {
  override readonly name = 'NotPayerError'

  /** Who called. */
  readonly caller: Address

  /** Who may. */
  readonly payer: Address

  constructor({ caller, cause, payer }: NotPayerError.Options) {
    super(`${caller} is not the payer ${payer}.`, {
      cause,
      hints: ["Send it from the payer's account, or use a signed variant."],
    })
    this.caller = caller
    this.payer = payer
  }
}

export declare namespace NotPayerError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** Who called. */
    caller: Address
    /** Who may. */
    payer: Address
  }
}

/** Thrown when somebody but the payee or its operators does what only they may. */
export class NotPayeeError extends AitokenError {
  override readonly name = 'NotPayeeError'

  /** Who called. */
  readonly caller: Address

  /** Whose operators may. */
  readonly payee: Address

  constructor({ caller, cause, payee }: NotPayeeError.Options) {
    super(`${caller} is neither the payee ${payee} nor its operator.`, {
      cause,
      hints: ['Let the payee call `setOperator` for this account first.'],
    })
    this.caller = caller
    this.payee = payee
  }
}

export declare namespace NotPayeeError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** Who called. */
    caller: Address
    /** Whose operators may. */
    payee: Address
  }
}

/** Thrown when the contract does not take a signature. */
export class ChannelSignatureError extends AitokenError {
  override readonly name = 'ChannelSignatureError'

  /** Who should have signed. */
  readonly signer: Address

  constructor({ cause, signer }: ChannelSignatureError.Options) {
    super(`The signature is not by ${signer} over these values.`, {
      cause,
      hints: ["Sign for this chain and this contract, with the channel's authorized signer."],
    })
    this.signer = signer
  }
}

export declare namespace ChannelSignatureError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** Who should have signed. */
    signer: Address
  }
}

/** Thrown when a signed deadline has passed. */
export class ConsentExpiredError extends AitokenError {
  override readonly name = 'ConsentExpiredError'

  /** Unix time until which the signature was valid, in seconds. */
  readonly deadline: bigint

  constructor({ cause, deadline }: ConsentExpiredError.Options) {
    super(`The signature was valid until ${deadline}.`, {
      cause,
      hints: ['Sign again with a later deadline.'],
    })
    this.deadline = deadline
  }
}

export declare namespace ConsentExpiredError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** Unix time until which the signature was valid, in seconds. */
    deadline: bigint
  }
}

/** Thrown when a permit failed and the allowance is too small without it. */
export class PermitFailedError extends AitokenError {
  override readonly name = 'PermitFailedError'

  /** The token. */
  readonly token: Address

  /** Allowance of the channels contract, in base units. */
  readonly allowance: bigint

  /** What was asked for, in base units. */
  readonly needed: bigint

  /** What the token answered to the permit. */
  readonly reason: Hex

  constructor({ allowance, cause, needed, reason, token }: PermitFailedError.Options) {
    super(
      `The permit for ${token} failed; its allowance is ${allowance} base units and ${needed} are needed.`,
      {
        cause,
        hints: [
          'Sign a fresh permit: nonce, value, deadline and token domain must be right.',
          'Or approve the channels contract.',
        ],
      },
    )
    this.token = token
    this.allowance = allowance
    this.needed = needed
    this.reason = reason
  }
}

export declare namespace PermitFailedError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** The token. */
    token: Address
    /** Allowance of the channels contract, in base units. */
    allowance: bigint
    /** What was asked for, in base units. */
    needed: bigint
    /** What the token answered to the permit. */
    reason: Hex
  }
}
