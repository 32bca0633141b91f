import { AitokenError } from '@aitoken/core/errors'
import type { Address, Hex } from 'viem'

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

/** Thrown when evidence is about another contract or chain than the one that the auditor trusts. */
export class EvidenceContractError extends AitokenError {
  override readonly name = 'EvidenceContractError'

  /** The contract that the auditor trusts. */
  readonly expected: Address

  /** The contract that the evidence names. */
  readonly named: Address

  constructor({ chainId, expected, named }: { chainId: number; expected: Address; named: Address }) {
    super(`The evidence is about ${named} on chain ${chainId}, but this audit is about ${expected}.`, {
      hints: [
        'Anybody can deploy a contract that says what suits them: believe only one that you know.',
        'If you do know it, give `channels`, and a client of its chain.',
      ],
    })
    this.expected = expected
    this.named = named
  }
}

/** Thrown when evidence has a receipt a second time, which counts once. */
export class ReceiptRepeatedError extends AitokenError {
  override readonly name = 'ReceiptRepeatedError'

  /** The channel. */
  readonly channelId: Hex

  /** Number of the receipt. */
  readonly sequence: bigint

  constructor({ channelId, sequence }: { channelId: Hex; sequence: bigint }) {
    super(`Receipt ${sequence} of channel ${channelId} is there more than once.`, {
      hints: ['Count the first one and leave this one out.'],
    })
    this.channelId = channelId
    this.sequence = sequence
  }
}

/** Thrown when a provider registered a payee that never agreed to it: the signature binds the provider alone. */
export class PayeeConsentError extends AitokenError {
  override readonly name = 'PayeeConsentError'

  /** Who owns the provider, and is bound. */
  readonly owner: Address

  /** Who was registered as payee, and is not bound. */
  readonly payee: Address

  /** The provider. */
  readonly provider: bigint

  constructor({ owner, payee, provider }: { owner: Address; payee: Address; provider: bigint }) {
    super(`This binds provider ${provider} of ${owner}, but nothing shows that ${payee} agreed to it.`, {
      hints: [
        'Anybody can register any payee. It agrees by owning the provider, or by making the owner its operator.',
        'Give `signer` when you know by other means who signs for the payee.',
      ],
    })
    this.owner = owner
    this.payee = payee
    this.provider = provider
  }
}

/** Thrown when a key did not sign for its provider at the time in question. */
export class SignerTermError extends AitokenError {
  override readonly name = 'SignerTermError'

  /** Whether the key was convicted of contradicting itself. */
  readonly convicted: boolean

  /** Unix time in seconds from which the key signed. */
  readonly since: number

  /** Unix time in seconds until which it did; 0 while it does. */
  readonly until: number

  constructor({ at, convicted, provider, signer, since, until }: SignerTermError.Options) {
    const span = until === 0 ? `since ${since}` : `from ${since} until ${until}`
    super(`${signer} signs for provider ${provider} ${span}, which is not ${at ?? 'now'}.`, {
      hints: [
        'Receipts carry no time, and who keeps a retired key can still sign with it.',
        'Give `at`, the time at which you know that the receipt was there.',
      ],
    })
    this.convicted = convicted
    this.since = since
    this.until = until
  }
}

export declare namespace SignerTermError {
  type Options = {
    /** Unix time in seconds that is in question; undefined for now. */
    at: bigint | undefined
    /** Whether the key was convicted. */
    convicted: boolean
    /** The provider. */
    provider: bigint
    /** The key. */
    signer: Address
    /** From when it signed. */
    since: number
    /** Until when it signed; 0 while it does. */
    until: number
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
