import { AitokenError } from './AitokenError.js'

/** Thrown when nobody said where a contract lives on the client's chain. */
export class ChainNotSupportedError extends AitokenError {
  override readonly name = 'ChainNotSupportedError'

  /** The client's chain. */
  readonly chainId: number

  /** The contract that was looked for. */
  readonly contract: string

  constructor({ chainId, contract, supported }: ChainNotSupportedError.Options) {
    super(`The address of \`${contract}\` on chain ${chainId} is not known.`, {
      hints: [
        'Pass the address yourself, or a chain from `withDeployment`.',
        supported.length > 0
          ? `Or use one of these chains: ${supported.join(', ')}.`
          : "Or deploy the contracts with `deployAitoken` from '@aitoken/core/deploy'; no public chain has them yet.",
      ],
    })
    this.chainId = chainId
    this.contract = contract
  }
}

export declare namespace ChainNotSupportedError {
  type Options = { chainId: number; contract: string; supported: readonly number[] }
}
