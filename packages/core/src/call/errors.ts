import type { Hash, TransactionReceipt } from 'viem'

import { AitokenError } from '../errors/AitokenError.js'

/** Thrown when a transaction was included in a block but reverted. */
export class TransactionRevertedError extends AitokenError {
  override readonly name = 'TransactionRevertedError'

  /** The transaction. */
  readonly hash: Hash

  /** Why, as far as running it again at its parent block tells. */
  readonly reason: AitokenError | undefined

  /** Its receipt. */
  readonly receipt: TransactionReceipt

  constructor({ gasLimit, reason, receipt }: TransactionRevertedError.Options) {
    const exhausted = gasLimit !== undefined && receipt.gasUsed >= gasLimit
    const why = reason?.shortMessage ?? (exhausted ? 'it ran out of gas.' : 'the reason is not known.')
    super(`Transaction ${receipt.transactionHash} reverted: ${why}`, {
      cause: reason,
      hints: [
        ...(reason?.hints ?? []),
        exhausted
          ? `It used all of its ${gasLimit} gas; send it again with more.`
          : 'It cost gas and changed nothing else.',
      ],
    })
    this.hash = receipt.transactionHash
    this.reason = reason
    this.receipt = receipt
  }
}

export declare namespace TransactionRevertedError {
  type Options = {
    gasLimit?: bigint | undefined
    reason?: AitokenError | undefined
    receipt: TransactionReceipt
  }
}

/** Thrown when another transaction with the same nonce took the place of the one waited for. */
export class TransactionReplacedError extends AitokenError {
  override readonly name = 'TransactionReplacedError'

  /** The transaction waited for. */
  readonly hash: Hash

  /** The one that took its place. */
  readonly replacement: Hash

  constructor({ hash, replacement }: TransactionReplacedError.Options) {
    super(`Transaction ${hash} was replaced by ${replacement}, which does something else.`, {
      hints: ['The account sent, or cancelled with, another transaction; this one will never be included.'],
    })
    this.hash = hash
    this.replacement = replacement
  }
}

export declare namespace TransactionReplacedError {
  type Options = { hash: Hash; replacement: Hash }
}

/** Thrown when a transaction's receipt could not be had: in time, or at all. */
export class TransactionUnconfirmedError extends AitokenError {
  override readonly name = 'TransactionUnconfirmedError'

  /** The transaction. */
  readonly hash: Hash

  constructor({ cause, hash }: TransactionUnconfirmedError.Options) {
    super(`No receipt of transaction ${hash} was found.`, {
      cause,
      hints: ['It may still be included: ask for it again by this hash before you send anything twice.'],
    })
    this.hash = hash
  }
}

export declare namespace TransactionUnconfirmedError {
  type Options = { cause?: unknown; hash: Hash }
}
