import { AitokenError } from '@aitoken/core/errors'
import type { Address } from 'viem'

/** Thrown when a final statement, or its signature, is not of the form that the chain accepts. */
export class StatementMalformedError extends AitokenError {
  override readonly name = 'StatementMalformedError'

  constructor({ cause, reason }: StatementMalformedError.Options) {
    super(`The final statement is malformed: ${reason}.`, {
      cause,
      hints: ['Sign it with `signStatement`, and send all 65 bytes of the signature.'],
    })
  }
}

export declare namespace StatementMalformedError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** What is wrong with it. */
    reason: string
  }
}

/** Thrown when somebody else signed a final statement, or signed another one. */
export class StatementSignerError extends AitokenError {
  override readonly name = 'StatementSignerError'

  /** Who should have signed. */
  readonly expected: Address

  /** Who the signature recovers to. */
  readonly recovered: Address

  constructor({ expected, recovered }: StatementSignerError.Options) {
    super(`The final statement was signed by ${recovered}, not by ${expected}.`, {
      hints: ['Check the signer, the chain id, the contract and every value: all of them are signed.'],
    })
    this.expected = expected
    this.recovered = recovered
  }
}

export declare namespace StatementSignerError {
  type Options = {
    /** Who should have signed. */
    expected: Address
    /** Who the signature recovers to. */
    recovered: Address
  }
}
