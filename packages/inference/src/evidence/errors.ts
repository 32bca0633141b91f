import { AitokenError } from '@aitoken/core/errors'
import type { Address } from 'viem'

/** Thrown when a proof does not prove what it says. */
export class ProofInvalidError extends AitokenError {
  override readonly name = 'ProofInvalidError'

  constructor({ cause, reason }: { cause?: unknown; reason: string }) {
    super(`The proof does not hold: ${reason}.`, {
      cause,
      hints: ['Nobody is convicted by it; compare what it holds with the receipts that you have.'],
    })
  }
}

/** Thrown when an account signed for a payee that never said it may. */
export class ReceiptUnboundError extends AitokenError {
  override readonly name = 'ReceiptUnboundError'

  /** Who should be bound by the signature. */
  readonly payee: Address

  /** Who signed. */
  readonly signer: Address

  constructor({ payee, signer }: { payee: Address; signer: Address }) {
    super(`${signer} signed, but nothing shows that it may sign for ${payee}.`, {
      hints: [
        "Give the provider's id (`provider`) when its signer is registered.",
        'Give `signer` when you know by other means who signs for the payee.',
      ],
    })
    this.payee = payee
    this.signer = signer
  }
}

/** Thrown when a receipt charges what its channel never held. */
export class ReceiptOverdrawnError extends AitokenError {
  override readonly name = 'ReceiptOverdrawnError'

  /** The receipt's total, in base units. */
  readonly cumulative: bigint

  /** What was ever put into the channel, in base units. */
  readonly deposit: bigint

  constructor({ cumulative, deposit }: { cumulative: bigint; deposit: bigint }) {
    super(`The receipt's total is ${cumulative} base units, but its channel only ever held ${deposit}.`, {
      hints: ['Nobody can have been paid that much: do not count it as income or as a cost.'],
    })
    this.cumulative = cumulative
    this.deposit = deposit
  }
}

/** Thrown when exported evidence cannot be read, or lacks what a receipt refers to. */
export class EvidenceMalformedError extends AitokenError {
  override readonly name = 'EvidenceMalformedError'

  /** Number of the line, from 1. */
  readonly line: number

  constructor({ cause, line, reason }: { cause?: unknown; line: number; reason: string }) {
    super(`Line ${line} of the evidence cannot be used: ${reason}.`, {
      cause,
      hints: ['Export it again, and keep the lines in their order.'],
    })
    this.line = line
  }
}
