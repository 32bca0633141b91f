import { AitokenError } from '@aitoken/core/errors'
import type { Address, Hex } from 'viem'

import type { ConflictProof } from '../evidence/conflictProof.js'

/** Thrown when a receipt has values that cannot be signed or read. */
export class ReceiptMalformedError extends AitokenError {
  override readonly name = 'ReceiptMalformedError'

  constructor({ cause, reason }: { cause?: unknown; reason: string }) {
    super(`The receipt is malformed: ${reason}.`, {
      cause,
      hints: ['Keep the response: it shows that the provider does not account for what it charges.'],
    })
  }
}

/** Thrown when a receipt was not signed by the provider. */
export class ReceiptSignerError extends AitokenError {
  override readonly name = 'ReceiptSignerError'

  constructor({ recovered, signer }: { recovered: Address; signer: Address }) {
    super(`The receipt was signed by ${recovered}, but ${signer} should have signed it.`, {
      hints: ['Do not pay this provider again before you know who answered.'],
    })
  }
}

/** Thrown when a receipt speaks of something else than what was asked, answered or agreed. */
export class ReceiptMismatchError extends AitokenError {
  override readonly name = 'ReceiptMismatchError'

  /** Which field of the receipt differs. */
  readonly field: string

  constructor({ expected, field, received }: ReceiptMismatchError.Options) {
    super(`The receipt's ${field} is ${received}, but ${expected} was expected.`, {
      hints: [
        'Something between you and the provider changed the request or the answer, or the provider errs.',
      ],
    })
    this.field = field
  }
}

export declare namespace ReceiptMismatchError {
  type Options = {
    /** What it should say. */
    expected: string
    /** Which field differs. */
    field: string
    /** What it says. */
    received: string
  }
}

/**
 * Thrown when a provider signed two receipts that cannot both be true: proof of misconduct, or of books that were lost.
 * Nothing more is signed for it until `close`.
 */
export class ReceiptConflictError extends AitokenError {
  override readonly name = 'ReceiptConflictError'

  /**
   * The proof, for anybody to check; a consumer keeps it in its store, too. Undefined when a receipt is not signed but
   * carries the code of a session, which convinces nobody but the payer.
   */
  readonly proof: ConflictProof | undefined

  constructor({ channelId, kind, proof, sequence }: ReceiptConflictError.Options) {
    super(
      proof?.kind === 'total'
        ? `The totals of receipts ${proof.first.receipt.sequence} and ${proof.second.receipt.sequence} of channel ${channelId} contradict each other.`
        : `The provider's receipt ${sequence} of channel ${channelId} contradicts another one.`,
      {
        hints: [
          (proof?.kind ?? kind) === 'total'
            ? 'Ask its operator: a provider that lost its books forgets what was not settled. Otherwise keep both receipts, or the `proof`: they show misconduct.'
            : 'Keep both, or the `proof`: together they prove misconduct.',
          'Close the channel with `close`: what the provider forgot is not paid. The next request opens another one.',
        ],
      },
    )
    this.proof = proof
  }
}

export declare namespace ReceiptConflictError {
  type Options = {
    /** The channel. */
    channelId: Hex
    /** What contradicts itself, where there is no proof to say so: two contents of a number, or two totals. */
    kind?: ConflictProof['kind'] | undefined
    /** The proof; undefined when a receipt is not signed. */
    proof?: ConflictProof | undefined
    /** Number of the receipt that came last. */
    sequence: bigint
  }
}

/** Thrown when a provider charged without a receipt. */
export class ReceiptMissingError extends AitokenError {
  override readonly name = 'ReceiptMissingError'

  constructor({ origin }: { origin: string }) {
    super(`${origin} answered a paid request without a receipt.`, {
      hints: ['Check that no proxy strips the `AI-Receipt` header or SSE comments.'],
    })
  }
}

/** Thrown when a provider charges more than what it delivered is worth. */
export class BillExceedsUsageError extends AitokenError {
  override readonly name = 'BillExceedsUsageError'

  /** What the provider charged, in base units. */
  readonly billed: bigint

  /** By how much it charged too much, in base units. */
  readonly difference: bigint

  /** What was delivered is worth at most this, in base units. */
  readonly due: bigint

  constructor({ billed, due, origin }: { billed: bigint; due: bigint; origin: string }) {
    super(
      `${origin} charged ${billed} base units for what is worth at most ${due}: ${billed - due} too much.`,
      { hints: ['Nothing more is signed for this provider.', 'Close the channel, and keep the receipt.'] },
    )
    this.billed = billed
    this.difference = billed - due
    this.due = due
  }
}
