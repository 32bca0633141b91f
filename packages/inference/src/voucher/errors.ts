import { AitokenError } from '@aitoken/core/errors'
import type { Address } from 'viem'

/** Thrown when a voucher, or its signature, is not of the form that the chain accepts. */
export class VoucherMalformedError extends AitokenError {
  override readonly name = 'VoucherMalformedError'

  constructor({ cause, reason }: VoucherMalformedError.Options) {
    super(`The voucher is malformed: ${reason}.`, {
      cause,
      hints: ['Sign it with `signVoucher`, and send all 65 bytes of the signature.'],
    })
  }
}

export declare namespace VoucherMalformedError {
  type Options = {
    /** The error that led to this one. */
    cause?: unknown
    /** What is wrong with it. */
    reason: string
  }
}

/** Thrown when a voucher's amount is negative, or more than a channel can hold. */
export class VoucherAmountError extends AitokenError {
  override readonly name = 'VoucherAmountError'

  /** The amount given, in base units. */
  readonly amount: bigint

  constructor({ amount }: VoucherAmountError.Options) {
    super(`A voucher's amount is 0 to 2^96 - 1 base units, not ${amount}.`, {
      hints: ['Pass the total owed since the channel opened, as a bigint in base units.'],
    })
    this.amount = amount
  }
}

export declare namespace VoucherAmountError {
  type Options = {
    /** The amount given, in base units. */
    amount: bigint
  }
}

/** Thrown when somebody other than the channel's signer signed a voucher, or signed another voucher. */
export class VoucherSignerError extends AitokenError {
  override readonly name = 'VoucherSignerError'

  /** Who should have signed. */
  readonly expected: Address

  /** Who the signature recovers to, where that was computed. */
  readonly recovered: Address | undefined

  constructor({ expected, recovered }: VoucherSignerError.Options) {
    super(
      recovered
        ? `The voucher was signed by ${recovered}, not by ${expected}.`
        : `The voucher was not signed by ${expected}.`,
      {
        hints: [
          "Sign with the channel's authorized signer, or its payer when it names none.",
          'Check the chain id, the contract, the channel and the amount: all of them are signed.',
        ],
      },
    )
    this.expected = expected
    this.recovered = recovered
  }
}

export declare namespace VoucherSignerError {
  type Options = {
    /** Who should have signed. */
    expected: Address
    /** Who the signature recovers to, where that was computed. */
    recovered?: Address | undefined
  }
}
