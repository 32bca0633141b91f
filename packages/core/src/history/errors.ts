import { AitokenError } from '../errors/AitokenError.js'

/** Thrown when a node does not give the events of a range of blocks, however small. */
export class HistoryUnavailableError extends AitokenError {
  override readonly name = 'HistoryUnavailableError'

  /** First block of the range. */
  readonly fromBlock: bigint

  /** Last block of the range. */
  readonly toBlock: bigint

  constructor({ cause, fromBlock, toBlock }: HistoryUnavailableError.Options) {
    super(`The node did not give the events of blocks ${fromBlock} to ${toBlock}.`, {
      cause,
      hints: [`Go on from block ${fromBlock}, with a node that keeps these blocks or allows more requests.`],
    })
    this.fromBlock = fromBlock
    this.toBlock = toBlock
  }
}

export declare namespace HistoryUnavailableError {
  type Options = { cause?: unknown; fromBlock: bigint; toBlock: bigint }
}
