import { AitokenError } from '@aitoken/core/errors'
import type { Address } from 'viem'

/** Thrown when a stream commitment, or its signature, is not of the form that the chain accepts. */
export class StreamCommitMalformedError extends AitokenError {
  override readonly name = 'StreamCommitMalformedError'

  constructor({ cause, reason }: StreamCommitMalformedError.Options) {
    super(`The stream commitment is malformed: ${reason}.`, {
      cause,
      hints: ['Sign it with `signStreamCommit`, and send all 65 bytes of the signature.'],
    })
  }
}

export declare namespace StreamCommitMalformedError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** What is wrong with it. */
    reason: string
  }
}

/** Thrown when somebody else signed a stream commitment, or signed another one. */
export class StreamCommitSignerError extends AitokenError {
  override readonly name = 'StreamCommitSignerError'

  /** Who should have signed. */
  readonly expected: Address

  /** Who the signature recovers to. */
  readonly recovered: Address

  constructor({ expected, recovered }: StreamCommitSignerError.Options) {
    super(`The stream commitment was signed by ${recovered}, not by ${expected}.`, {
      hints: ['Check the signer, the chain id, the contract and every value: all of them are signed.'],
    })
    this.expected = expected
    this.recovered = recovered
  }
}

export declare namespace StreamCommitSignerError {
  type Options = {
    /** Who should have signed. */
    expected: Address
    /** Who the signature recovers to. */
    recovered: Address
  }
}

/** Thrown when a revealed link is not part of the stream's hash chain. */
export class StreamLinkError extends AitokenError {
  override readonly name = 'StreamLinkError'

  /** How many links were revealed before, and still count. */
  readonly steps: number

  constructor({ reason, steps }: StreamLinkError.Options) {
    super(`The link after step ${steps} of the stream is wrong: ${reason}.`, {
      hints: ['Reveal a later link of the same chain: `stream.reveal(steps)`.'],
    })
    this.steps = steps
  }
}

export declare namespace StreamLinkError {
  type Options = {
    /** What is wrong with it. */
    reason: string
    /** How many links were revealed before. */
    steps: number
  }
}
