import type { Address } from 'viem'

import type { ContractName, Deployment } from '../deployment/deployment.js'
import type { DeployParameters, toDeployment } from './parameters.js'
import { plan } from './plan.js'

/**
 * Computes where {@link deployAitoken} will put the contracts, on any chain, without a client.
 *
 * @param parameters - {@link DeployParameters}
 * @returns Address of every contract.
 *
 * @example
 * ```ts
 * import { predictDeployment } from '@aitoken/core/deploy'
 *
 * const { aiToken } = predictDeployment({ admin: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8' })
 * ```
 */
export function predictDeployment(parameters: predictDeployment.Parameters): Deployment {
  return toAddresses(plan(parameters))
}

export declare namespace predictDeployment {
  type Parameters = DeployParameters
  type ErrorType = toDeployment.ErrorType
}

/** The addresses of a plan, by contract. */
export function toAddresses(steps: readonly { address: Address; name: ContractName }[]): Deployment {
  const addresses: Partial<Record<ContractName, Address>> = {}
  for (const { address, name } of steps) addresses[name] = address
  // A plan has every contract.
  return addresses as Deployment
}
