import type { Address, Hash } from 'viem'

import { AitokenError } from '../errors/AitokenError.js'

/** Thrown when a chain lacks the deterministic deployer that makes addresses the same everywhere. */
export class DeployerMissingError extends AitokenError {
  override readonly name = 'DeployerMissingError'

  /** Where the deployer was expected. */
  readonly deployer: Address

  constructor({ chainId, deployer }: DeployerMissingError.Options) {
    super(`Chain ${chainId} has no deterministic deployer at ${deployer}.`, {
      hints: ['Deploy it first: https://github.com/Arachnid/deterministic-deployment-proxy says how.'],
    })
    this.deployer = deployer
  }
}

export declare namespace DeployerMissingError {
  type Options = { chainId: number; deployer: Address }
}

/** Thrown when a deployment was confirmed but there is no code where it had to appear. */
export class DeploymentMismatchError extends AitokenError {
  override readonly name = 'DeploymentMismatchError'

  /** Where the contract was expected. */
  readonly address: Address

  constructor({ address, contract, hash }: DeploymentMismatchError.Options) {
    super(`Transaction ${hash} succeeded, but \`${contract}\` is not at ${address}.`, {
      hints: [
        'Ask the node again: it may be behind. Otherwise this chain computes CREATE2 addresses differently.',
      ],
    })
    this.address = address
  }
}

export declare namespace DeploymentMismatchError {
  type Options = { address: Address; contract: string; hash: Hash }
}

/** Thrown when the transaction that deploys a contract could not be sent. */
export class DeploymentFailedError extends AitokenError {
  override readonly name = 'DeploymentFailedError'

  /** The contract. */
  readonly contract: string

  constructor({ cause, contract }: DeploymentFailedError.Options) {
    super(`\`${contract}\` could not be deployed.`, {
      cause,
      hints: [
        ...(AitokenError.is(cause) ? [cause.shortMessage, ...cause.hints] : []),
        'Run it again when that is solved: what is deployed already is left as it is.',
      ],
    })
    this.contract = contract
  }
}

export declare namespace DeploymentFailedError {
  type Options = { cause: unknown; contract: string }
}
