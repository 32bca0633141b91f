import { AitokenError } from '@aitoken/core/errors'
import type { Address, Hex } from 'viem'

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

  /** What is wrong with it. */
  readonly reason: string

  /** How many links were revealed before, and still count. */
  readonly steps: number

  constructor({ reason, steps }: StreamLinkError.Options) {
    super(`The link after step ${steps} of the stream is wrong: ${reason}.`, {
      hints: ['Reveal a later link of the same chain: `stream.reveal(steps)`.'],
    })
    this.reason = reason
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

/** Thrown when a link of a hash chain, or a later one, was revealed before. */
export class StreamReplayedError extends AitokenError {
  override readonly name = 'StreamReplayedError'

  /** How many links are revealed so far. */
  readonly revealed: number

  /** Step of the refused link. */
  readonly steps: number

  constructor({ revealed, steps }: { revealed: number; steps: number }) {
    super(`Link ${steps} of the stream pays for nothing new: ${revealed} were revealed before.`, {
      hints: ['Reveal a later link of the same chain: every payment needs its own.'],
    })
    this.revealed = revealed
    this.steps = steps
  }
}

/** Thrown when a link comes without its commitment, and none that it belongs to is known. */
export class StreamUnknownError extends AitokenError {
  override readonly name = 'StreamUnknownError'

  /** The channel. */
  readonly channelId: Hex

  constructor({ channelId }: { channelId: Hex }) {
    super(`Channel ${channelId} has no hash chain that the link belongs to.`, {
      hints: ['Send the signed commitment with the first link of a chain.'],
    })
    this.channelId = channelId
  }
}

/** Thrown when a hash chain builds on base units that no voucher covers. */
export class StreamUncoveredError extends AitokenError {
  override readonly name = 'StreamUncoveredError'

  /** What the chain builds on, or the chain before it was worth, in base units. */
  readonly needed: bigint

  /** What vouchers and settlements cover, in base units. */
  readonly vouched: bigint

  constructor({ needed, vouched }: { needed: bigint; vouched: bigint }) {
    super(`The hash chain builds on ${needed} base units, but a voucher covers only ${vouched}.`, {
      hints: ['Sign a voucher for what was authorized so far, then commit to the chain.'],
    })
    this.needed = needed
    this.vouched = vouched
  }
}

/** Thrown when the links of a hash chain are worth more than a provider takes. */
export class StreamUnitError extends AitokenError {
  override readonly name = 'StreamUnitError'

  /** The most that one link may be worth, in base units. */
  readonly limit: bigint

  /** What one link is worth, in base units. */
  readonly unit: bigint

  constructor({ limit, unit }: { limit: bigint; unit: bigint }) {
    super(`A link is worth ${unit} base units, but the provider takes 1 to ${limit}.`, {
      hints: ['Commit to a chain of smaller units: see `streamUnit` in the quote.'],
    })
    this.limit = limit
    this.unit = unit
  }
}
