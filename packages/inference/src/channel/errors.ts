import { AitokenError } from '@aitoken/core/errors'
import type { Hex } from 'viem'

/** Thrown when no channel with the id was ever opened. */
export class ChannelMissingError extends AitokenError {
  override readonly name = 'ChannelMissingError'

  /** The channel. */
  readonly channelId: Hex

  constructor({ cause, channelId }: ChannelMissingError.Options) {
    super(`No channel ${channelId} was ever opened.`, {
      cause,
      hints: [
        'Check the descriptor, the contract and the chain: the id is a hash of all of them.',
        'Or open it first with `openChannel`.',
      ],
    })
    this.channelId = channelId
  }
}

export declare namespace ChannelMissingError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** The channel. */
    channelId: Hex
  }
}

/** Thrown when a channel with the same id was opened before, even if it is closed by now. */
export class ChannelExistsError extends AitokenError {
  override readonly name = 'ChannelExistsError'

  /** The channel. */
  readonly channelId: Hex

  constructor({ cause, channelId }: ChannelExistsError.Options) {
    super(`A channel ${channelId} was opened before.`, {
      cause,
      hints: ['Use another `salt`: `createSalt()` makes one.'],
    })
    this.channelId = channelId
  }
}

export declare namespace ChannelExistsError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** The channel. */
    channelId: Hex
  }
}

/** Thrown when a channel has ended. */
export class ChannelClosedError extends AitokenError {
  override readonly name = 'ChannelClosedError'

  /** The channel. */
  readonly channelId: Hex

  constructor({ cause, channelId }: ChannelClosedError.Options) {
    super(`Channel ${channelId} is closed.`, {
      cause,
      hints: ['A closed channel never opens again: open another, with another `salt`.'],
    })
    this.channelId = channelId
  }
}

export declare namespace ChannelClosedError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** The channel. */
    channelId: Hex
  }
}

/** Thrown when the payer's exit is pending. */
export class ChannelClosingError extends AitokenError {
  override readonly name = 'ChannelClosingError'

  /** The channel. */
  readonly channelId: Hex

  /** Unix time from which the payer may withdraw, in seconds. */
  readonly closeAt: bigint

  constructor({ cause, channelId, closeAt }: ChannelClosingError.Options) {
    super(`Channel ${channelId} is closing: its payer may withdraw from ${closeAt}.`, {
      cause,
      hints: ['Let the payer top it up, which cancels the exit.'],
    })
    this.channelId = channelId
    this.closeAt = closeAt
  }
}

export declare namespace ChannelClosingError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** The channel. */
    channelId: Hex
    /** Unix time from which the payer may withdraw, in seconds. */
    closeAt: bigint
  }
}

/** Thrown when a payer withdraws without having announced it. */
export class CloseNotRequestedError extends AitokenError {
  override readonly name = 'CloseNotRequestedError'

  /** The channel. */
  readonly channelId: Hex

  constructor({ cause, channelId }: CloseNotRequestedError.Options) {
    super(`The exit from channel ${channelId} was not announced, or a top-up cancelled it.`, {
      cause,
      hints: ['Call `requestClose`, then wait for the grace period.'],
    })
    this.channelId = channelId
  }
}

export declare namespace CloseNotRequestedError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** The channel. */
    channelId: Hex
  }
}

/** Thrown when a payer withdraws before the grace period is over. */
export class GracePeriodError extends AitokenError {
  override readonly name = 'GracePeriodError'

  /** The channel. */
  readonly channelId: Hex

  /** Unix time from which the payer may withdraw, in seconds. */
  readonly closeAt: bigint

  constructor({ cause, channelId, closeAt }: GracePeriodError.Options) {
    super(`Channel ${channelId} can be withdrawn from ${closeAt}, not before.`, {
      cause,
      hints: ['Wait until then: the payee may still settle.'],
    })
    this.channelId = channelId
    this.closeAt = closeAt
  }
}

export declare namespace GracePeriodError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** The channel. */
    channelId: Hex
    /** Unix time from which the payer may withdraw, in seconds. */
    closeAt: bigint
  }
}
