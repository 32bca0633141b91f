import { AitokenError } from '@aitoken/core/errors'
import type { Address, Hex } from 'viem'

/** Thrown when two receipts prove nothing: they are the same, or about different things. */
export class ReceiptsAgreeError extends AitokenError {
  override readonly name = 'ReceiptsAgreeError'

  constructor({ cause }: { cause?: unknown }) {
    super('The two receipts do not contradict each other.', {
      cause,
      hints: ['Pass two different receipts of one channel and one number.'],
    })
  }
}

/** Thrown when receipts are not of the channel that comes with them. */
export class ReceiptChannelError extends AitokenError {
  override readonly name = 'ReceiptChannelError'

  constructor({ cause, channelId, expected }: { cause?: unknown; channelId: Hex; expected: Hex }) {
    super(`The receipts are of channel ${channelId}, but the channel given is ${expected}.`, {
      cause,
      hints: ['Pass the descriptor of the channel that paid for the requests.'],
    })
  }
}

/** Thrown when a receipt was not signed by a key that answers for the provider. */
export class SignerNotAccountableError extends AitokenError {
  override readonly name = 'SignerNotAccountableError'

  /** Who signed; the zero address when the signature is none. */
  readonly signer: Address

  constructor({ cause, id, signer }: { cause?: unknown; id: bigint; signer: Address }) {
    super(`${signer} does not answer for provider ${id}.`, {
      cause,
      hints: [
        'It never signed for the provider, was replaced longer ago than the unbonding delay, or was convicted before.',
        'Evidence beyond one conviction is for the slasher to judge.',
      ],
    })
    this.signer = signer
  }
}
