import type { Address } from 'viem'

import { AitokenError } from './AitokenError.js'

/** Thrown when a signature is by another account than the one it speaks for. */
export class SignerMismatchError extends AitokenError {
  override readonly name = 'SignerMismatchError'

  /** Who had to sign. */
  readonly expected: Address

  /** Whose signature it is. */
  readonly signer: Address

  constructor({ cause, expected, signer }: SignerMismatchError.Options) {
    super(`The signature is by ${signer}, not by ${expected}.`, {
      cause,
      hints: ['A different field, chain or contract gives a different signer: compare all of them.'],
    })
    this.expected = expected
    this.signer = signer
  }
}

export declare namespace SignerMismatchError {
  type Options = { cause?: unknown; expected: Address; signer: Address }
}
