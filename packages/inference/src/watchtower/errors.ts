import { AitokenError } from '@aitoken/core/errors'
import type { Hex } from 'viem'

/** Thrown when a node does not answer a watchtower in time. */
export class NodeTimeoutError extends AitokenError {
  override readonly name = 'NodeTimeoutError'

  /** How long was waited, in milliseconds. */
  readonly timeout: number

  constructor({ timeout }: { timeout: number }) {
    super(`The node did not answer within ${timeout} ms.`, {
      hints: ['Give the watchtower a second node with `clients`, or more time with `readTimeout`.'],
    })
    this.timeout = timeout
  }
}

/** Thrown when the contract left channels out of a settlement. */
export class SettlementSkippedError extends AitokenError {
  override readonly name = 'SettlementSkippedError'

  /** The channels. */
  readonly channelIds: readonly Hex[]

  constructor({ channelIds }: { channelIds: readonly Hex[] }) {
    super(`The contract paid nothing on ${channelIds.join(', ')}.`, {
      hints: [
        '`readSettlements` of the transaction tells why; a channel that was just settled elsewhere owes nothing.',
      ],
    })
    this.channelIds = channelIds
  }
}
